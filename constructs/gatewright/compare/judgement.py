"""Judges all APIs of a release at once."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from gatewright.compare.change import Change, CompareError
from gatewright.compare.comparison import compare
from gatewright.compare.declared import Declarations, Declared, undeclared, without_match
from gatewright.compare.finding import Finding
from gatewright.compare.version import next_version
from gatewright.contract.document import JsonObject


@dataclass(frozen=True, kw_only=True)
class JudgedApi:
    """One API, like ``foods-v1``, with what changed since ``published``, its last version.

    ``version`` is what its next release is called, and None for an API that is gone.
    ``undeclared`` are breaking changes that nobody wrote down, ``unmatched`` what was written down
    and did not happen.
    """

    name: str
    published: str | None
    version: str | None
    changes: tuple[Change, ...] = ()
    undeclared: tuple[Change, ...] = ()
    unmatched: tuple[Declared, ...] = ()


@dataclass(frozen=True)
class Judgement:
    """All APIs, by name."""

    apis: tuple[JudgedApi, ...]

    @property
    def holds(self) -> bool:
        """Whether nothing breaks that was not written down."""
        return not self.undeclared

    @property
    def undeclared(self) -> tuple[Change, ...]:
        """The breaking changes of all APIs that nobody wrote down."""
        return tuple(change for api in self.apis for change in api.undeclared)

    @property
    def versions(self) -> dict[str, str]:
        """The next version of each API that is served."""
        return {api.name: api.version for api in self.apis if api.version is not None}


def judge(
    published: Mapping[str, JsonObject],
    current: Mapping[str, JsonObject],
    declared: Declarations,
) -> Judgement:
    """Judge what ``current`` promises against what was ``published``.

    Both are public documents by API, whose names end in the API version: ``foods-v1``. The version
    that was published is the document's ``info.version``; one that is not like 1.2.3 counts as the
    first of its API version. An API without an earlier document is new.
    Raises CompareError, which names the API, for a document that cannot be compared.
    """
    names = sorted({*published, *current})
    return Judgement(tuple(_judged(name, published, current, declared) for name in names))


def _judged(
    name: str,
    published: Mapping[str, JsonObject],
    current: Mapping[str, JsonObject],
    declared: Declarations,
) -> JudgedApi:
    old, new = published.get(name), current.get(name)
    try:
        changes = tuple(_changes(old, new))
    except CompareError as error:
        raise CompareError(f"{name}: {error}") from error
    entries = declared.get(name, ())
    api_version = name.rpartition("-")[2]
    before = None if old is None else _version(old, api_version)
    return JudgedApi(
        name=name,
        published=before,
        version=None if new is None else next_version(before, changes, api_version=api_version),
        changes=changes,
        undeclared=undeclared(changes, entries),
        unmatched=without_match(changes, entries),
    )


def _changes(old: JsonObject | None, new: JsonObject | None) -> Iterator[Change]:
    if old is None:
        yield Finding("api-added", "", "the API is new", "").of("", "")
    elif new is None:
        yield Finding("api-removed", "", "the API is gone", "", "old").of("", "")
    else:
        changes = compare(old, new)
        yield from changes
        if not changes and _without_version(old) != _without_version(new):
            text = "words changed that are no part of any operation"
            yield Finding("documentation-changed", "", text, "").of("", "")


def _without_version(document: JsonObject) -> JsonObject:
    info = document.get("info")
    kept = {k: v for k, v in info.items() if k != "version"} if isinstance(info, dict) else info
    return {**document, "info": kept}


def _version(document: JsonObject, api_version: str) -> str:
    info: Any = document.get("info")
    version = info.get("version") if isinstance(info, dict) else None
    try:
        return next_version(str(version), (), api_version=api_version)
    except ValueError:
        return next_version(None, (), api_version=api_version)
