"""Compares schemas with all that is inside of them, also where they contain themselves.

Two schemas and a direction are a vertex, and the pairs inside of them are its neighbours. Each
vertex is worked out once for both documents. From where an operation meets it, the differences are
those of all vertices that can be reached, each told at the shortest way to it.
"""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, replace

from gatewright.compare.change import CANNOT_BE_COMPARED, CompareError
from gatewright.compare.direction import Direction
from gatewright.compare.schemas.fact import Fact
from gatewright.compare.schemas.node import Node
from gatewright.compare.schemas.pair import Pair

_Key = tuple[object, object, Direction]

MOST_PAIRS = 300_000
"""What a document may make to compare; GitHub's, the largest that was tried, makes a tenth."""

MOST_STEPS = 30_000_000
"""How many pairs may be met from all operations together, where the same is met from each."""

_STEPS_OF_A_FACT = 100
"""A difference is told, sorted and grouped, where a pair is only passed."""


@dataclass(eq=False, slots=True)
class _Vertex:
    """Two schemas. ``edges`` is None until somebody comes here, ``clean`` once nothing was found
    from here on."""

    old: Node
    new: Node
    facts: tuple[Fact, ...] = ()
    edges: tuple[tuple[str, "_Vertex"], ...] | None = None
    clean: bool = False


class SchemaGraph:
    """Answers how schemas differ."""

    def __init__(self, pair: Pair) -> None:
        self._pair = pair
        self._vertices: dict[_Key, _Vertex] = {}
        self._left = MOST_STEPS
        self._answers: dict[tuple[_Vertex, Direction], tuple[Fact, ...]] = {}

    def facts(self, old: Node, new: Node, direction: Direction) -> tuple[Fact, ...]:
        """The differences, with the steps from these schemas to where they are.

        Raises CompareError where there are too many to be told of each operation.
        """
        root = self._vertex(old, new, direction)
        if (root, direction) not in self._answers:
            self._answers[root, direction] = tuple(self._reached(root, direction))
        return self._answers[root, direction]

    def _reached(self, root: _Vertex, direction: Direction) -> Iterator[Fact]:
        came_from: dict[_Vertex, tuple[_Vertex, str] | None] = {root: None}
        waiting = deque([root])
        found = False
        while waiting:
            vertex = waiting.popleft()
            if vertex.edges is None:
                vertex.facts, vertex.edges = self._worked_out(vertex, direction)
            self._step(vertex)
            if vertex.facts:
                found = True
                way = _way(vertex, came_from)
                yield from (replace(fact, step=way + fact.step) for fact in vertex.facts)
            for step, inner in vertex.edges:
                if inner not in came_from and not inner.clean:
                    came_from[inner] = (vertex, step)
                    waiting.append(inner)
        if not found:
            for vertex in came_from:
                vertex.clean = True

    def _step(self, vertex: _Vertex) -> None:
        self._left -= 1 + _STEPS_OF_A_FACT * len(vertex.facts)
        if self._left < 0:
            raise CompareError(
                "too much changed to tell it of each operation: nearly all of them reach the same "
                f"schemas, as {vertex.new.pointer}; publish it as a new API version, or in steps"
            )

    def _vertex(self, old: Node, new: Node, direction: Direction) -> _Vertex:
        old, new = self._pair.settled(old, new)
        key = (old.key, new.key, direction)
        if key not in self._vertices:
            self._vertices[key] = _Vertex(old, new)
        return self._vertices[key]

    def _worked_out(
        self, vertex: _Vertex, direction: Direction
    ) -> tuple[tuple[Fact, ...], tuple[tuple[str, _Vertex], ...]]:
        old, new = vertex.old, vertex.new
        facts = list(self._pair.renamed(old, new))
        edges: dict[_Vertex, str] = {}
        if self._pair.same(old, new):
            return tuple(facts), ()
        if len(self._vertices) >= MOST_PAIRS:
            text = "there is too much in it to be compared"
            return (Fact(CANNOT_BE_COMPARED, text, new.pointer),), ()
        for item in self._pair.compare(old, new, direction):
            if isinstance(item, Fact):
                facts.append(item)
            else:
                edges.setdefault(self._vertex(item.old, item.new, direction), item.step)
        return tuple(facts), tuple((step, inner) for inner, step in edges.items())


def _way(vertex: _Vertex, came_from: dict[_Vertex, tuple[_Vertex, str] | None]) -> str:
    """The steps from where the search began."""
    steps = []
    while (before := came_from[vertex]) is not None:
        vertex, step = before
        steps.append(step)
    return "".join(reversed(steps))
