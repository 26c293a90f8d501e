"""How the request bodies of an operation differ."""

from collections.abc import Iterator

from gatewright.compare.content import content_findings
from gatewright.compare.context import Context
from gatewright.compare.finding import Finding
from gatewright.compare.notes import note_findings
from gatewright.compare.operations import Operation
from gatewright.compare.source import Located, Source

_PLACE = "request body"


def body_findings(context: Context, old: Operation, new: Operation) -> Iterator[Finding]:
    """A body that came, went or has to be sent, and what is in it."""
    one, other = _body(context.old, old), _body(context.new, new)
    if one is None or other is None:
        yield from _alone(one, other)
        return
    if context.unchanged.same(one.value, other.value):
        return
    before, after = (body.value.get("required") is True for body in (one, other))
    if before != after:
        kind = f"request-body-became-{'required' if after else 'optional'}"
        text = "the body has to be sent" if after else "the body can be left out"
        yield Finding(kind, _PLACE, text, other.pointer)
    yield from content_findings(context, one, other, "request", _PLACE)
    yield from note_findings(one, other, _PLACE)


def _body(source: Source, operation: Operation) -> Located | None:
    if operation.located.value.get("requestBody") is None:
        return None
    return source.mapping(source.follow(operation.located.child("requestBody")))


def _alone(old: Located | None, new: Located | None) -> Iterator[Finding]:
    if old is not None:
        text = "there is no body any more"
        yield Finding("request-body-removed", _PLACE, text, old.pointer, "old")
    elif new is not None:
        required = new.value.get("required") is True
        kind = f"request-body-added-{'required' if required else 'optional'}"
        text = f"a body {'has to' if required else 'may'} be sent"
        yield Finding(kind, _PLACE, text, new.pointer)
