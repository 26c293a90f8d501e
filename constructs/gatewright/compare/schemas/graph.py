"""Compares schemas with all that is inside of them, also where they contain themselves.

Two schemas and a direction are a vertex, and the pairs inside of them are its neighbours. Each
vertex is worked out once for both documents. From where an operation meets it, the differences are
those of all vertices that can be reached, each told at the shortest way to it.
"""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, replace

from gatewright.compare.direction import Direction
from gatewright.compare.schemas.fact import Edge, Fact
from gatewright.compare.schemas.node import Node
from gatewright.compare.schemas.pair import Pair

_Key = tuple[object, object, Direction]

MOST_PAIRS = 300_000
"""What a document may make to compare; GitHub's, the largest that was tried, makes a tenth."""


@dataclass(frozen=True)
class _Vertex:
    facts: tuple[Fact, ...] = ()
    edges: tuple[Edge, ...] = ()


class SchemaGraph:
    """Answers how schemas differ."""

    def __init__(self, pair: Pair) -> None:
        self._pair = pair
        self._vertices: dict[_Key, _Vertex] = {}
        self._clean: set[_Key] = set()

    def facts(self, old: Node, new: Node, direction: Direction) -> Iterator[Fact]:
        """The differences, with the steps from these schemas to where they are."""
        old, new = self._pair.settled(old, new)
        root = _key(old, new, direction)
        if root in self._clean:
            return
        found = False
        waiting = deque([("", old, new)])
        reached = {root}
        while waiting:
            way, one, other = waiting.popleft()
            vertex = self._vertex(one, other, direction)
            for fact in vertex.facts:
                found = True
                yield replace(fact, step=_joined(way, fact.step))
            for edge in vertex.edges:
                key = _key(edge.old, edge.new, direction)
                if key not in reached and key not in self._clean:
                    reached.add(key)
                    waiting.append((_joined(way, edge.step), edge.old, edge.new))
        if not found:
            self._clean |= reached

    def _vertex(self, old: Node, new: Node, direction: Direction) -> _Vertex:
        key = _key(old, new, direction)
        known = self._vertices.get(key)
        if known is None:
            known = self._vertices[key] = self._worked_out(old, new, direction)
        return known

    def _worked_out(self, old: Node, new: Node, direction: Direction) -> _Vertex:
        facts = list(self._pair.renamed(old, new))
        if self._pair.same(old, new):
            return _Vertex(tuple(facts))
        if len(self._vertices) >= MOST_PAIRS:
            text = "there is too much in it to be compared"
            return _Vertex((Fact("cannot-be-compared", text, new.pointer),))
        edges: list[Edge] = []
        for item in self._pair.compare(old, new, direction):
            if isinstance(item, Fact):
                facts.append(item)
            else:
                edges.append(Edge(item.step, *self._pair.settled(item.old, item.new)))
        return _Vertex(tuple(facts), tuple(edges))


def _key(old: Node, new: Node, direction: Direction) -> _Key:
    return (old.key, new.key, direction)


def _joined(way: str, step: str) -> str:
    return way + step
