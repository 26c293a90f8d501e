"""Changes that are one change to a reader: of a schema that several operations have in common."""

from collections.abc import Iterable
from dataclasses import dataclass

from gatewright.compare.change import Change

_COMPONENTS = "/components/"


@dataclass(frozen=True)
class Group:
    """Changes of one kind that read the same. There is at least one."""

    changes: tuple[Change, ...]

    @property
    def first(self) -> Change:
        """The one that stands for all."""
        return self.changes[0]

    @property
    def is_shared(self) -> bool:
        """Whether it is a change of a component, and not of operations."""
        return self.first.pointer.startswith(_COMPONENTS)

    @property
    def subject(self) -> str:
        """What changed, in the words of the document: ``Food.name``, or where in an operation."""
        if not self.is_shared:
            return self.first.place
        _, name, *steps = self.first.pointer.removeprefix(_COMPONENTS).split("/")
        return name.replace("~1", "/").replace("~0", "~") + "".join(_steps(steps))

    @property
    def operations(self) -> tuple[str, ...]:
        """The operations that it reaches, each once."""
        return tuple(dict.fromkeys(change.operation for change in self.changes if change.operation))

    @property
    def operation_ids(self) -> tuple[str, ...]:
        """As SDKs call the operations that it reaches; by method and path those without a name."""
        names = (change.operation_id or change.operation for change in self.changes)
        return tuple(name for name in dict.fromkeys(names) if name)

    @property
    def places(self) -> tuple[str, ...]:
        """Where in the operations, each once."""
        return tuple(dict.fromkeys(change.place for change in self.changes if change.place))


def grouped(changes: Iterable[Change]) -> tuple[Group, ...]:
    """The changes, with those together that read the same, in the order of the first of each."""
    found: dict[tuple[str, ...], list[Change]] = {}
    for change in changes:
        shared = change.pointer.startswith(_COMPONENTS)
        where = change.pointer if shared else change.place
        key = (change.kind, change.text, change.document, where)
        found.setdefault(key, []).append(change)
    return tuple(Group(tuple(items)) for items in found.values())


def _steps(steps: list[str]) -> Iterable[str]:
    """``properties/foods/items`` as ``.foods[]``."""
    waiting = iter(steps)
    for step in waiting:
        if step in ("properties", "patternProperties"):
            yield f".{next(waiting, '')}"
        elif step == "items":
            yield "[]"
        elif step == "additionalProperties":
            yield ".*"
        elif step in ("allOf", "anyOf", "oneOf", "prefixItems"):
            yield f"({step} {next(waiting, '')})"
