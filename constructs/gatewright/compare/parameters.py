"""How the parameters of an operation differ."""

from collections.abc import Iterator

from gatewright.compare.change import CompareError
from gatewright.compare.content import content_findings
from gatewright.compare.context import Context
from gatewright.compare.finding import Finding
from gatewright.compare.notes import note_findings
from gatewright.compare.operations import Operation, renamed
from gatewright.compare.serialization import is_scalar, serialization
from gatewright.compare.source import Located, Source, reference_of

_Key = tuple[str, str]
_Parameters = dict[_Key, Located]

# OpenAPI 3.0.3, "Parameter Object": a header parameter of these names "SHALL be ignored".
_IGNORED = {("header", "accept"), ("header", "content-type"), ("header", "authorization")}


def parameter_findings(context: Context, old: Operation, new: Operation) -> Iterator[Finding]:
    """Differences of query, header, path and cookie parameters, those of the path's included."""
    before, after = parameters_of(context.old, old), parameters_of(context.new, new)
    names = dict(renamed(old, new))
    for (where, name), one in before.items():
        key = (where, names.get(name, name) if where == "path" else name)
        place = f"{where} parameter {one.value.get('name')}"
        other = after.pop(key, None)
        if other is None:
            text = f"{place} is gone"
            yield Finding("parameter-removed", place, text, one.pointer, "old")
            continue
        if key[1] != name:
            text = f"path parameter {name} is called {key[1]}"
            yield Finding("path-parameter-renamed", place, text, other.pointer)
        yield from _differences(context, one, other, place)
    for (where, _), other in after.items():
        place = f"{where} parameter {other.value.get('name')}"
        required = other.value.get("required") is True
        kind = f"parameter-added-{'required' if required else 'optional'}"
        yield Finding(kind, place, f"{place} is new", other.pointer)


def parameters_of(source: Source, operation: Operation) -> _Parameters:
    """The parameters by place and name; an operation's own win over those of its path.

    Names of headers are told in lower case (RFC 9110, section 5.1).
    """
    found: _Parameters = {}
    for holder in (operation.item, operation.located):
        for parameter in source.elements(holder.child("parameters")):
            if reference_of(parameter.value) is not None:
                continue  # told elsewhere
            for field in ("name", "in"):
                if not isinstance(parameter.value.get(field), str):
                    raise CompareError(
                        f"the {source.side} document is not valid OpenAPI: the parameter at "
                        f"{parameter.pointer} needs a text as '{field}'; mend it first"
                    )
            where, name = str(parameter.value.get("in")), str(parameter.value.get("name"))
            key = (where, name.lower() if where == "header" else name)
            if key not in _IGNORED:
                found[key] = parameter
    return found


def _differences(context: Context, old: Located, new: Located, place: str) -> Iterator[Finding]:
    if context.unchanged.same(old.value, new.value):
        return
    before, after = (holder.value.get("required") is True for holder in (old, new))
    if before != after:
        kind = f"parameter-became-{'required' if after else 'optional'}"
        word = "has to be sent" if after else "can be left out"
        yield Finding(kind, place, f"{place} {word}", new.pointer)
    where = str(new.value.get("in"))
    plain = is_scalar(context.old, old) and is_scalar(context.new, new)
    ways = [serialization(holder.value, where, of_scalars=plain) for holder in (old, new)]
    blank = [holder.value.get("allowEmptyValue", False) for holder in (old, new)]
    if ways[0] != ways[1] or (blank[0] and not blank[1]):
        text = f"{place} is written another way (style, explode, allowReserved or media type)"
        yield Finding("parameter-serialization-changed", place, text, new.pointer)
    if new.value.get("deprecated") is True and old.value.get("deprecated") is not True:
        yield Finding("parameter-deprecated", place, f"{place} is deprecated", new.pointer)
    yield from context.schemas(old, new, "request", place)
    yield from content_findings(context, old, new, "request", place)
    yield from note_findings(old, new, place)
