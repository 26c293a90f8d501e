"""Where `$ref` leads: RFC 3986 and OpenAPI's Reference Object, within one folder."""

import re
from typing import Any
from urllib.parse import unquote

from gatewright.contract.spec_first.failures import UnreadableError
from gatewright.contract.spec_first.files import SourceFiles, parts_of
from gatewright.contract.spec_first.limits import MOST_DEPTH, MOST_INLINED
from gatewright.contract.spec_first.node import Node, SpecError
from gatewright.nearest import did_you_mean

_REMOTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//")


class References:
    """Follows references, and counts what is brought in where they stand."""

    def __init__(self, files: SourceFiles) -> None:
        self._files = files
        self._sizes: dict[int, int] = {}
        self._brought_in = 0

    def inlined(self, node: Node) -> Node:
        """``node``, or what its reference leads to at last. Raises SpecError."""
        target = self.target(node)
        if target is not node:
            self._brought_in += self._size(target.value)
            if self._brought_in > MOST_INLINED:
                reason = f"references bring in more than {MOST_INLINED:,} values"
                raise SpecError(node, reason, "refer to large parts less often")
        return target

    def target(self, node: Node) -> Node:
        """The same, for what stays a reference."""
        return self.chain(node)[-1]

    def chain(self, node: Node) -> list[Node]:
        """``node`` and each place that its reference leads to, the last of which is no reference.

        Raises SpecError.
        """
        found = [node]
        while (reference := reference_of(found[-1].value)) is not None:
            following = self.follow(found[-1], reference)
            if any(following.key == other.key for other in found):
                reason = f"the reference {reference} leads back to itself"
                raise SpecError(node, reason, "let it lead to a definition")
            if len(found) > MOST_DEPTH:
                reason = f"the reference {reference} leads on more than {MOST_DEPTH} times"
                raise SpecError(node, reason, "let it lead to a definition")
            found.append(following)
        return found

    def follow(self, node: Node, reference: str) -> Node:
        """Where the text ``reference``, which stands at ``node``, leads. Raises SpecError."""
        if _REMOTE.match(reference):
            remedy = "download it beside this file, and refer to it by a relative path"
            raise SpecError(node, f"the reference {reference} leads out of this machine", remedy)
        file, _, fragment = reference.partition("#")
        root = Node(node.file.root, node.file) if not file else self._root(node, unquote(file))
        place = unquote(fragment)
        if place and not place.startswith("/"):
            remedy = "refer by a JSON pointer, such as #/components/schemas/Name"
            raise SpecError(node, f"the reference {reference} names an anchor", remedy)
        return _walk(node, root, reference, parts_of(place))

    def _root(self, node: Node, file: str) -> Node:
        try:
            found = self._files.read(node.file.path.parent / file)
        except UnreadableError as error:
            place = f" (line {error.line})" if error.line else ""
            reason = f"the reference {file}{place}: {error.reason}"
            raise SpecError(node, reason, error.remedy) from None
        return Node(found.root, found)

    def _size(self, value: Any) -> int:
        if not isinstance(value, dict | list):
            return 1
        if id(value) not in self._sizes:
            inside = value.values() if isinstance(value, dict) else value
            self._sizes[id(value)] = 1 + sum(map(self._size, inside))
        return self._sizes[id(value)]


def reference_of(value: Any) -> str | None:
    """The text of a Reference Object, or None for anything else."""
    found = value.get("$ref") if isinstance(value, dict) else None
    return found if isinstance(found, str) else None


def _walk(node: Node, root: Node, reference: str, parts: tuple[str, ...]) -> Node:
    here = root
    for part in parts:
        if isinstance(here.value, dict) and part in here.value:
            here = here.child(part)
        elif isinstance(here.value, list) and part.isdecimal() and int(part) < len(here.value):
            here = here.child(int(part))
        else:
            known = here.value if isinstance(here.value, dict) else ()
            remedy = did_you_mean(part, map(str, known)) or f"define {part} there"
            raise SpecError(node, f"the reference {reference} leads to nothing", remedy)
    return here
