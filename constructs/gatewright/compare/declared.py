"""The breaking changes that were written down, so that a release may have them.

```yaml
foods-v1:
  - kind: operation-removed
    operation: GET /old_foods
    reason: nobody has called it since June
```
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from gatewright.compare.canonical import listed
from gatewright.compare.change import Change
from gatewright.compare.rules import RULES
from gatewright.config.document import Document, Value, read_document
from gatewright.config.problems import ConfigError, Problem
from gatewright.nearest import did_you_mean

FIELDS = ("kind", "operation", "place", "reason")
_NEEDED = ("kind", "reason")
_BREAKING = tuple(kind for kind, rule in RULES.items() if rule.verdict == "breaking")


@dataclass(frozen=True)
class Declared:
    """One breaking change that is meant.

    Without ``place`` it is any place of the operation. ``place`` may be a JSON pointer as well, as
    the report gives it; without ``operation`` that covers all operations that a schema reaches.
    Without either it is about the whole API.
    """

    kind: str
    operation: str
    place: str
    reason: str
    line: int

    def covers(self, change: Change) -> bool:
        """Whether this is the change that was meant."""
        if change.verdict != "breaking" or self.kind != change.kind:
            return False
        if not self.operation and self.place.startswith("/"):
            return self.place == change.pointer
        return self.operation == change.operation and self.place in (
            "",
            change.place,
            change.pointer,
        )


Declarations = Mapping[str, tuple[Declared, ...]]
"""What was declared, by API."""


def read_declared(file: Path) -> Declarations:
    """Read ``contracts/breaking.yaml``. An empty file declares nothing.

    Raises ConfigError with every mistake, its line and a remedy.
    """
    document = read_document(file)
    reader = _Reader(document)
    found = {api: tuple(reader.entries(api, items)) for api, items in reader.apis()}
    problems = [*document.problems, *reader.problems]
    if problems:
        raise ConfigError(problems)
    return found


def unknown_apis(declared: Declarations, names: Iterable[str]) -> tuple[str, ...]:
    """A sentence for each API that changes were declared of and that is none of ``names``."""
    known = tuple(names)
    return tuple(
        f"{_place(entries)}declares changes of '{api}', and there is no such API: "
        f"{did_you_mean(api, known) or f'there are {listed(sorted(known))};'} otherwise remove it"
        for api, entries in declared.items()
        if api not in known
    )


def _place(entries: tuple[Declared, ...]) -> str:
    return f"line {entries[0].line} " if entries else ""


def undeclared(changes: Iterable[Change], declared: Iterable[Declared]) -> tuple[Change, ...]:
    """The breaking changes that nobody wrote down."""
    entries = tuple(declared)
    return tuple(
        change
        for change in changes
        if change.verdict == "breaking" and not any(entry.covers(change) for entry in entries)
    )


def without_match(changes: Iterable[Change], declared: Iterable[Declared]) -> tuple[Declared, ...]:
    """What was written down and did not happen, or was released already."""
    breaking = [change for change in changes if change.verdict == "breaking"]
    return tuple(
        entry for entry in declared if not any(entry.covers(change) for change in breaking)
    )


class _Reader:
    """Checks the values of a file, and writes down what is wrong with them."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self.problems: list[Problem] = []

    def apis(self) -> Iterator[tuple[str, Value]]:
        value = self._document.value
        if isinstance(value, dict):
            yield from value.items()
        elif value is not None:
            self._problem((), _noun(value), "APIs, as `foods-v1:`, each with a list")

    def entries(self, api: str, items: Value) -> Iterator[Declared]:
        if items is None:
            return
        if not isinstance(items, tuple):
            self._problem((api,), _noun(items), "a list of changes, each with `- kind: ...`")
            return
        for index, item in enumerate(items):
            if isinstance(item, dict):
                yield from self._entry(api, index, item)
            else:
                allowed = f"a change: {', '.join(FIELDS)}"
                self._problem((api, index), _noun(item), allowed)

    def _entry(self, api: str, index: int, item: dict[str, Value]) -> Iterator[Declared]:
        path = (api, index)
        before = len(self.problems)
        for name, value in item.items():
            if name not in FIELDS:
                remedy = did_you_mean(name, FIELDS) or "remove it"
                found = f"the unknown field '{name}'"
                self._problem((*path, name), found, ", ".join(FIELDS), remedy, at_name=True)
            elif not isinstance(value, str) or not value.strip():
                remedy = "say why callers can bear it" if name == "reason" else ""
                self._problem((*path, name), _noun(value), "some text", remedy)
        for name in _NEEDED:
            if name not in item:
                remedy = f"add `{name}: ...`"
                self._problem(path, f"a change without '{name}'", f"{name} and more", remedy)
        kind = item.get("kind")
        if isinstance(kind, str) and kind and kind not in _BREAKING:
            self._kind((*path, "kind"), kind)
        if len(self.problems) == before:
            texts = {name: " ".join(str(item.get(name, "")).split()) for name in FIELDS}
            yield Declared(**texts, line=self._document.place(path).value[0])

    def _kind(self, path: tuple[str | int, ...], kind: str) -> None:
        allowed = "a kind of breaking change, as the report names it"
        if kind in RULES:
            remedy = "remove it: such a change breaks nobody, and needs no declaration"
            self._problem(path, f"'{kind}', which is {RULES[kind].verdict}", allowed, remedy)
        else:
            self._problem(path, f"'{kind}'", allowed, did_you_mean(kind, _BREAKING))

    def _problem(
        self,
        path: tuple[str | int, ...],
        found: str,
        allowed: str,
        remedy: str = "",
        *,
        at_name: bool = False,
    ) -> None:
        problem = self._document.problem(path, found, allowed, remedy, at_name=at_name)
        self.problems.append(problem)


def _noun(value: Value) -> str:
    match value:
        case None | "":
            return "nothing"
        case dict():
            return "a mapping"
        case tuple():
            return "a list"
        case _:
            return repr(value)
