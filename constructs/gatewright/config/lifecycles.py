"""Checks of how long versions are served, and of what takes their place."""

from collections.abc import Iterator, Mapping

from gatewright.config.document import Document, Value
from gatewright.config.lifecycle_sections import Lifecycle, is_date
from gatewright.config.plain import get, mapping
from gatewright.config.problems import Path, Problem
from gatewright.nearest import did_you_mean, nearest

_STATES = "deprecated or retired, each with a day"


def lifecycle_problems(document: Document) -> Iterator[Problem]:
    """Yield a problem for each lifecycle that says nothing, contradicts itself or leads nowhere."""
    for service, section in mapping(document.value, "services").items():
        versions = mapping(section, "versions")
        for version, fields in versions.items():
            lifecycle = mapping(fields, "lifecycle")
            path = ("services", service, "versions", version, "lifecycle")
            if "lifecycle" in (fields if isinstance(fields, dict) else {}):
                yield from _days(document, path, lifecycle, get(fields, "lifecycle"))
            if "successor" in lifecycle:
                yield from _successor(document, path, version, versions)


def _days(
    document: Document, path: Path, lifecycle: Mapping[str, Value], written: Value
) -> Iterator[Problem]:
    if isinstance(written, dict) and not {"deprecated", "retired"} & lifecycle.keys():
        if any(nearest(name, tuple(Lifecycle.model_fields)) for name in _unknown(lifecycle)):
            return  # it is misspelt, and reported as an unknown field
        remedy = "add 'deprecated: <day>', or write 'lifecycle: active'"
        yield document.problem(path, "no state", _STATES, remedy, at_name=True)
        return
    days = {name: value for name, value in lifecycle.items() if is_date(value)}
    first = days.get("deprecated")
    if "sunset" in lifecycle and "deprecated" not in lifecycle:
        remedy = "add 'deprecated: <day>' beside it: callers are warned before"
        found = "'sunset' of a version that is not deprecated"
        allowed = "sunset beside deprecated"
        yield document.problem((*path, "sunset"), found, allowed, remedy, at_name=True)
    for name in ("sunset", "retired"):
        if first is not None and name in days and str(days[name]) < str(first):
            found = f"{days[name]!r}, before the version is deprecated"
            allowed, remedy = f"a day from {first} on", "correct one of the two"
            yield document.problem((*path, name), found, allowed, remedy)


def _unknown(lifecycle: Mapping[str, Value]) -> list[str]:
    return [name for name in lifecycle if name not in Lifecycle.model_fields]


def _successor(
    document: Document, path: Path, version: str, versions: Mapping[str, Value]
) -> Iterator[Problem]:
    successor = get(mapping(versions[version], "lifecycle"), "successor")
    others = [name for name in versions if name != version]
    # That it is text is checked with the sections.
    if not isinstance(successor, str):
        return
    place = (*path, "successor")
    if successor not in others:
        allowed = ", ".join(others) or "nothing: the service has no other version"
        remedy = did_you_mean(successor, others) or "name another version of this service"
        yield document.problem(place, repr(successor), allowed, remedy)
    elif "retired" in mapping(versions[successor], "lifecycle"):
        found = f"{successor!r}, which is retired itself"
        remedy = "name a version that answers"
        yield document.problem(place, found, "a version that is served", remedy)
    elif version in _after(successor, versions):
        found = f"{successor!r}, whose successor leads back here"
        remedy = "remove one of the successors"
        yield document.problem(place, found, "successors that lead to an end", remedy)


def _after(version: str, versions: Mapping[str, Value]) -> list[str]:
    """The versions that follow, each once."""
    found: list[str] = []
    following = get(mapping(versions.get(version), "lifecycle"), "successor")
    while isinstance(following, str) and following not in found:
        found.append(following)
        following = get(mapping(versions.get(following), "lifecycle"), "successor")
    return found
