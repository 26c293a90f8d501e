"""Takes the base path of a domain out of an event: handlers see the paths of the contract."""

from collections.abc import Mapping
from typing import Any


def without_base_path(event: Mapping[str, Any]) -> Mapping[str, Any]:
    """``event`` (payload format 1.0) with a path that begins where its resource begins.

    A request of a custom domain has the whole path in ``path``, as ``/foods/v1/list_foods``, while
    ``resource`` is the contract's. Which base path it was is not in the event, and one function may
    be behind several, so what is left of the resource is counted from the end.
    """
    resource, path = event.get("resource"), event.get("path")
    if not isinstance(resource, str) or not isinstance(path, str):
        return event
    wanted = _segments(resource)
    found = _segments(path)
    if wanted and wanted[-1].endswith("+}"):
        # A greedy parameter is as many segments as it has.
        value = (event.get("pathParameters") or {}).get(wanted[-1][1:-2]) or ""
        wanted = [*wanted[:-1], *("{}" for _ in _segments(value))]
    extra = len(found) - len(wanted)
    if extra <= 0 or not _is_at_end(wanted, found[extra:]):
        return event
    return {**event, "path": "/" + "/".join(found[extra:])}


def _segments(path: str) -> list[str]:
    return [segment for segment in path.split("/") if segment]


def _is_at_end(wanted: list[str], found: list[str]) -> bool:
    """Whether the words of the resource stand where they must: a value may hold a slash."""
    return all(
        one.startswith("{") or one == other for one, other in zip(wanted, found, strict=True)
    )
