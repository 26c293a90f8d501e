"""From pydantic's errors to problems that a person can act on."""

from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from gatewright.config.document import Document, Value
from gatewright.config.json_schema import JsonObject, fields_at, platform_schema
from gatewright.config.problems import Path, Problem
from gatewright.nearest import did_you_mean, nearest

_MAPPING = "a mapping (name: value)"
_LIST = "a list, such as [a, b]"
_ALLOWED = {
    "bool_type": "true or false",
    "string_type": "text",
    "dict_type": _MAPPING,
    "model_type": _MAPPING,
    "tuple_type": _LIST,
    "too_short": "at least one",
}
_TRUTH = {"yes": "true", "on": "true", "no": "false", "off": "false"}


def problems_of(error: ValidationError, document: Document) -> list[Problem]:
    """Return the problems of a failed validation, one for each mistake."""
    schema = platform_schema()
    details = error.errors(include_url=False)
    unknown = {e["loc"] for e in details if e["type"] == "extra_forbidden"}
    problems = []
    for detail in details:
        if detail["type"] == "missing":
            problems += _missing(detail, document, schema, unknown)
        elif detail["type"] == "extra_forbidden":
            problems.append(_unknown(detail, document, schema))
        else:
            problems.append(_wrong_value(detail, document))
    return problems


def _is_name(detail: ErrorDetails, document: Document) -> bool:
    """Whether a name is wrong, which pydantic marks by a last step that is not in the file."""
    return detail["loc"][-1] == "[key]" and detail["loc"] not in document.places


def _missing(
    detail: ErrorDetails, document: Document, schema: JsonObject, unknown: set[Path]
) -> list[Problem]:
    """A required field is not there, unless an unknown one beside it is that field misspelt."""
    *parent, field = detail["loc"]
    names = fields_at(schema, tuple(parent))
    beside = (path for path in unknown if path[:-1] == tuple(parent))
    if any(nearest(str(path[-1]), names) == field for path in beside):
        return []
    place = document.place(tuple(parent))
    problem = document.problem(
        (*parent, field),
        "nothing",
        names[str(field)]["description"],
        f"add '{field}'" + (f" below line {place.name[0]}" if parent else " to the file"),
        at_name=True,
    )
    return [problem]


def _unknown(detail: ErrorDetails, document: Document, schema: JsonObject) -> Problem:
    *parent, field = path = detail["loc"]
    names = tuple(fields_at(schema, tuple(parent)))
    remedy = did_you_mean(str(field), names) or "remove it"
    found = f"the unknown field '{field}'"
    return document.problem(path, found, ", ".join(names), remedy, at_name=True)


def _wrong_value(detail: ErrorDetails, document: Document) -> Problem:
    context = detail.get("ctx", {})
    at_name = _is_name(detail, document)
    path = detail["loc"][:-1] if at_name else detail["loc"]
    if detail["type"] == "too_long":
        found, allowed = f"{context['actual_length']} of them", f"at most {context['max_length']}"
        return document.problem(path, found, allowed, "remove some", at_name=True)
    value, text = detail["input"], document.place(path).text
    allowed = context.get("allowed") or _ALLOWED.get(detail["type"], detail["msg"])
    remedy = _remedy(detail, context, value, text if not at_name else str(value))
    return document.problem(path, found_text(value, text), allowed, remedy, at_name=at_name)


def found_text(value: Value, text: str) -> str:
    """Say what a value is: text in quotes, numbers as they were written, others by their kind."""
    match value:
        case None:
            return "nothing"
        case str():
            return (
                repr(value) if len(value) <= 80 else f"{value[:77]!r}... ({len(value)} characters)"
            )
        case dict():
            return "a mapping" if value else "an empty mapping"
        case tuple():
            return "a list" if value else "an empty list"
    return text


def _remedy(detail: ErrorDetails, context: dict[str, Any], value: Value, text: str) -> str:
    wants_text = context.get("kind") == "text" or detail["type"] == "string_type"
    match value:
        case None if detail["type"] in ("dict_type", "model_type"):
            return "write its fields below it, indented, or {} when it has none"
        case bool() | int() | float() if wants_text:
            return f'YAML reads it as {_kind(value)}: quote it, "{text}"'
        case str() if context.get("kind") == "number" and value.isdecimal():
            return f"remove the quotes: {value}"
        case str() if detail["type"] == "bool_type" and value.lower() in _TRUTH:
            return f"did you mean {_TRUTH[value.lower()]}?"
        case str() if detail["type"] == "tuple_type":
            return f"did you mean [{value}]?"
        case str():
            return did_you_mean(value, context.get("choices", ()))
    return ""


def _kind(value: bool | int | float) -> str:
    return "true or false" if isinstance(value, bool) else "a number"
