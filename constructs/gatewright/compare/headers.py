"""How the headers of two answers differ."""

from collections.abc import Iterator

from gatewright.compare.content import content_findings
from gatewright.compare.context import Context
from gatewright.compare.finding import Finding
from gatewright.compare.notes import note_findings
from gatewright.compare.serialization import is_scalar, serialization
from gatewright.compare.source import Located, Source
from gatewright.contract.lifecycle_notice import LIFECYCLE


def header_findings(context: Context, old: Located, new: Located, place: str) -> Iterator[Finding]:
    """Headers that came or went, may be missing, or hold something else."""
    before, after = _headers(context.old, old), _headers(context.new, new)
    for name, one in before.items():
        where = f"{place}, header {name}"
        other = after.get(name)
        if other is None:
            text = f"header {name} is gone"
            kind = "documentation-changed" if _is_word(one) else "response-header-removed"
            yield Finding(kind, where, text, one.pointer, "old")
        elif not context.unchanged.same(one.value, other.value):
            yield from _differences(context, one, other, where)
    for name, other in after.items():
        if name not in before:
            where = f"{place}, header {name}"
            kind = "documentation-changed" if _is_word(other) else "response-header-added"
            yield Finding(kind, where, f"header {name} is new", other.pointer)


def _is_word(header: Located) -> bool:
    """Whether it tells of the version's lifecycle: it comes, and goes again, without a notice."""
    return header.value.get(LIFECYCLE) is True


def _headers(source: Source, response: Located) -> dict[str, Located]:
    """Without Content-Type, which "SHALL be ignored" here (OpenAPI 3.0.3, "Response Object")."""
    headers = {name.lower(): item for name, item in source.items(response.child("headers"))}
    headers.pop("content-type", None)
    return headers


def _differences(context: Context, old: Located, new: Located, place: str) -> Iterator[Finding]:
    before, after = (header.value.get("required") is True for header in (old, new))
    if before != after:
        kind = f"response-header-became-{'required' if after else 'optional'}"
        text = "it always comes" if after else "it may be missing"
        yield Finding(kind, place, text, new.pointer)
    plain = is_scalar(context.old, old) and is_scalar(context.new, new)
    ways = [serialization(header.value, "header", of_scalars=plain) for header in (old, new)]
    if ways[0] != ways[1]:
        text = "it is written another way (style, explode or media type)"
        yield Finding("response-header-serialization-changed", place, text, new.pointer)
    yield from context.schemas(old, new, "response", place)
    yield from content_findings(context, old, new, "response", place)
    yield from note_findings(old, new, place)
