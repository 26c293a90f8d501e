"""How the media types of two bodies differ, and what they hold."""

from collections.abc import Iterator

from gatewright.compare.context import Context
from gatewright.compare.direction import Direction
from gatewright.compare.finding import Finding
from gatewright.compare.notes import note_findings
from gatewright.compare.source import Located, Source

_JSON = "application/json"


def content_findings(
    context: Context, old: Located, new: Located, direction: Direction, place: str
) -> Iterator[Finding]:
    """Media types that came or went, and the schemas of those that stayed.

    A range as ``text/*`` stands for the media types that it names and that are not there
    (OpenAPI 3.0.3, "Media Type Object").
    """
    before, after = _types(context.old, old), _types(context.new, new)
    for name, one in before.items():
        other = after.get(name) or _range_of(after, name)
        where = place if name == _JSON else f"{place} ({name})"
        if other is None:
            kind = f"{direction}-media-type-removed"
            yield Finding(kind, where, f"{place}: {name} is gone", one.pointer, "old")
        elif not context.unchanged.same(one.value, other.value):
            yield from context.schemas(one, other, direction, where, is_xml=_is_xml(name))
            yield from _encoding(context, one, other, direction, where)
            yield from note_findings(one, other, where)
    for name in [name for name in after if name not in before]:
        covering = _range_of(before, name)
        where = place if name == _JSON else f"{place} ({name})"
        if covering is None:
            kind = f"{direction}-media-type-added"
            yield Finding(kind, where, f"{place}: {name} is new", after[name].pointer)
        else:
            yield from context.schemas(
                covering, after[name], direction, where, is_xml=_is_xml(name)
            )


def has_content(source: Source, holder: Located) -> bool:
    """Whether there is any media type."""
    return bool(source.mapping(holder.child("content")).value)


def _types(source: Source, holder: Located) -> dict[str, Located]:
    content = source.mapping(holder.child("content"))
    return {
        name.lower().replace(" ", ""): source.mapping(content.child(name)) for name in content.value
    }


def _is_xml(name: str) -> bool:
    """RFC 7303, section 4.2: ``+xml`` says that it is XML as well."""
    return name.partition(";")[0].endswith(("/xml", "+xml"))


def _range_of(types: dict[str, Located], name: str) -> Located | None:
    return types.get(f"{name.partition('/')[0]}/*") or types.get("*/*")


def _encoding(
    context: Context, old: Located, new: Located, direction: Direction, place: str
) -> Iterator[Finding]:
    before, after = old.value.get("encoding"), new.value.get("encoding")
    if not context.unchanged.same(before, after):
        text = "the encoding of its parts changed"
        yield Finding(f"{direction}-encoding-changed", place, text, new.pointer)
