"""From places in the contract's document to places in the files that it was made of."""

from collections.abc import Mapping
from dataclasses import replace

from gatewright.contract.problems import Problem
from gatewright.contract.spec_first.files import parts_of
from gatewright.contract.spec_first.node import Node


class Origins:
    """``nodes`` are the sources of parts of the document, by their JSON pointers there."""

    def __init__(self, nodes: Mapping[str, Node]) -> None:
        self._nodes = nodes

    def told(self, problem: Problem) -> Problem:
        """The same problem, with the pointer and the line of what was written."""
        part = problem.pointer
        while part and part not in self._nodes:
            part = part.rpartition("/")[0]
        if not part:
            return problem
        node = self._nodes[part]
        inside = parts_of(problem.pointer.removeprefix(part))
        there = Node(None, node.file, (*node.parts, *_known(node, inside)))
        return replace(problem, pointer=there.pointer, source=there.source)


def _known(node: Node, inside: tuple[str, ...]) -> tuple[str | int, ...]:
    """As much of the way ``inside`` as the source has; what was rewritten may end it."""
    value, found = node.value, list[str | int]()
    for part in inside:
        step: str | int = int(part) if isinstance(value, list) and part.isdecimal() else part
        try:
            value = value[step]
        except (LookupError, TypeError):
            break
        found.append(step)
    return tuple(found)
