"""Finds constraints that a service's types declare to the schema and check nowhere.

Pydantic checks what it generates the schema from. What an author adds to the schema by hand
(``json_schema_extra``, ``WithJsonSchema``, ``__get_pydantic_json_schema__``) it copies and does not
read.
"""

from collections.abc import Iterator, Mapping
from typing import Any, get_args

from gatewright.contract.model_schema import DESCRIBES
from gatewright.contract.problems import Problem

_REMEDY = (
    "let pydantic check it: Field(ge=, le=, pattern=, min_length=, ...), Literal[...] or a "
    "validator beside it; then say it in the description"
)
# Descriptions by OpenAPI 3.1 that 3.0.3 names otherwise.
_ANNOTATIONS = DESCRIBES | {"$comment", "examples"}


def declared_only_problems(route: Any, name: str, source: str) -> Iterator[Problem]:
    """A problem for each constraint that a route's parameters or body add to the schema by hand.

    ``route`` is a route of a Powertools resolver, ``name`` and ``source`` are for the report.
    """
    dependant = route.dependant
    parameters = (
        *dependant.path_params,
        *dependant.query_params,
        *dependant.header_params,
        *dependant.cookie_params,
        *dependant.body_params,
    )
    seen: set[Any] = set()
    for parameter in parameters:
        place = f"parameter {parameter.name}"
        for found, keyword in _of_field(parameter.field_info, place, seen):
            reason = f"{found} adds {keyword} to its schema by hand, and nobody checks it"
            yield Problem(name, reason, _REMEDY, source=source)


def _of_field(field: Any, place: str, seen: set[Any]) -> Iterator[tuple[str, str]]:
    yield from _of_extra(field.json_schema_extra, place)
    yield from _of_metadata(field.metadata, place)
    yield from _of_type(field.annotation, place, seen)


def _of_type(kind: Any, place: str, seen: set[Any]) -> Iterator[tuple[str, str]]:
    from pydantic import BaseModel

    for argument in get_args(kind):
        yield from _of_type(argument, place, seen)
    yield from _of_metadata(getattr(kind, "__metadata__", ()), place)
    if not (isinstance(kind, type) and issubclass(kind, BaseModel)) or kind in seen:
        return
    seen.add(kind)
    yield from _of_extra(kind.model_config.get("json_schema_extra"), kind.__name__)
    own = kind.__get_pydantic_json_schema__
    if own.__func__ is not BaseModel.__get_pydantic_json_schema__.__func__:  # type: ignore[attr-defined]
        yield kind.__name__, "__get_pydantic_json_schema__"
    for name, field in kind.model_fields.items():
        yield from _of_field(field, f"{kind.__name__}.{name}", seen)


def _of_metadata(metadata: Any, place: str) -> Iterator[tuple[str, str]]:
    from pydantic import WithJsonSchema
    from pydantic.fields import FieldInfo

    for item in metadata:
        if isinstance(item, WithJsonSchema):
            yield from _of_extra(item.json_schema, place)
        elif isinstance(item, FieldInfo):
            yield from _of_extra(item.json_schema_extra, place)


def _of_extra(extra: Any, place: str) -> Iterator[tuple[str, str]]:
    if callable(extra):
        # What a function adds shows when it is called, and may depend on the schema.
        yield place, "what a function makes"
    elif isinstance(extra, Mapping):
        for keyword in extra:
            if keyword not in _ANNOTATIONS and not keyword.startswith("x-"):
                yield place, keyword
