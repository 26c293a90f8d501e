"""How the answers of an operation differ."""

from collections.abc import Iterator

from gatewright.compare.content import content_findings, has_content
from gatewright.compare.context import Context
from gatewright.compare.finding import Finding
from gatewright.compare.headers import header_findings
from gatewright.compare.notes import note_findings
from gatewright.compare.operations import Operation
from gatewright.compare.source import Located

_DEFAULT = "default"
_Responses = dict[str, Located]


def response_findings(context: Context, old: Operation, new: Operation) -> Iterator[Finding]:
    """Statuses that came or went, and what comes with those that stayed.

    A status that is not there is that of its range, as ``2XX``, or ``default`` (OpenAPI 3.0.3,
    "Responses Object").
    """
    before = dict(context.old.items(old.located.child("responses")))
    after = dict(context.new.items(new.located.child("responses")))
    for status, one in _statuses(before).items():
        other = after.get(status) or _covering(after, status)
        place = f"response {status}"
        if other is None and any(_is_in(now, status) for now in after):
            continue  # the range became some of its statuses, which are compared below
        if other is None:
            kind = f"response-{_class(status)}-status-removed"
            yield Finding(kind, place, f"status {status} is gone", one.pointer, "old")
        else:
            yield from _differences(context, one, other, place)
    for status, other in _statuses(after).items():
        if status in before:
            continue
        place = f"response {status}"
        covering = _covering(before, status)
        if covering is None:
            kind = f"response-{_class(status)}-status-added"
            yield Finding(kind, place, f"status {status} is new", other.pointer)
        else:
            yield from _differences(context, covering, other, place)


def _statuses(responses: _Responses) -> _Responses:
    return {status: item for status, item in responses.items() if not status.startswith("x-")}


def _covering(responses: _Responses, status: str) -> Located | None:
    ranges = (f"{status[:1]}XX", f"{status[:1]}xx", _DEFAULT)
    return next((responses[name] for name in ranges if name in responses), None)


def _is_in(status: str, range_: str) -> bool:
    return range_[1:].upper() == "XX" and status[:1] == range_[:1]


def _class(status: str) -> str:
    """What a caller does that gets it; ``default`` is for errors."""
    if status[:1] == "1":
        return "interim"
    return "success" if status[:1] in ("2", "3") else "error"


def _differences(context: Context, old: Located, new: Located, place: str) -> Iterator[Finding]:
    if context.unchanged.same(old.value, new.value):
        return
    before, after = has_content(context.old, old), has_content(context.new, new)
    if before and not after:
        yield Finding("response-body-removed", place, "no body comes any more", new.pointer)
    elif after and not before:
        yield Finding("response-body-added", place, "a body comes", new.pointer)
    else:
        yield from content_findings(context, old, new, "response", place)
    yield from header_findings(context, old, new, place)
    yield from note_findings(old, new, place)
