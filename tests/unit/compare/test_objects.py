"""Properties that come, go, have to be there, or belong to one direction."""

from typing import Any

import pytest

from gatewright.compare import compare
from tests.unit.compare.documents import answering, sending

STRING = {"type": "string"}
INTEGER = {"type": "integer"}


def _object(required: str = "", *, additional: Any = None, **properties: Any) -> dict[str, Any]:
    found: dict[str, Any] = {"type": "object", "properties": properties}
    if required:
        found["required"] = required.split()
    if additional is not None:
        found["additionalProperties"] = additional
    return found


READ_ONLY = {**STRING, "readOnly": True}
WRITE_ONLY = {**STRING, "writeOnly": True}
ONE = _object("a", a=STRING)
TWO = _object("a", a=STRING, b=STRING)

# id: old, new, what it is in a request, what it is in an answer
TABLE = {
    "an optional property comes": (
        ONE, TWO, "request-property-added-optional", "response-property-added",
    ),
    "a required property comes": (
        ONE, _object("a b", a=STRING, b=STRING),
        "request-property-added-required", "response-property-added",
    ),
    "it comes in a closed object": (
        _object(a=STRING, additional=False), _object(a=STRING, b=STRING, additional=False),
        "request-property-added-optional", "response-property-added-to-closed-object",
    ),
    "a property goes": (TWO, ONE, "request-property-removed", "response-property-removed"),
    "a property has to be there": (
        _object(a=STRING), ONE,
        "request-property-became-required", "response-property-became-required",
    ),
    "a property may be missing": (
        ONE, _object(a=STRING),
        "request-property-became-optional", "response-property-became-optional",
    ),
    "a name without a schema has to be there": (
        {"type": "object"}, {"type": "object", "required": ["a"]},
        "request-property-became-required", "response-property-became-required",
    ),
    "a property is only read": (
        _object(a=STRING), _object(a=READ_ONLY), "request-property-became-read-only", "",
    ),
    "a property is only written": (
        _object(a=STRING), _object(a=WRITE_ONLY), "", "response-property-became-write-only",
    ),
    "a property is no longer only read": (
        _object(a=READ_ONLY), _object(a=STRING), "request-property-added-optional", "",
    ),
    "a required property is no longer only read": (
        _object("a", a=READ_ONLY), _object("a", a=STRING), "request-property-added-required", "",
    ),
    "what is only read changes": (
        _object(a=READ_ONLY), _object(a={**INTEGER, "readOnly": True}),
        "", "response-type-changed",
    ),
    "what is only written changes": (
        _object(a=WRITE_ONLY), _object(a={**INTEGER, "writeOnly": True}),
        "request-type-changed", "",
    ),
    "a property that is only read has to be there": (
        _object(a=READ_ONLY), _object("a", a=READ_ONLY),
        "", "response-property-became-required",
    ),
    "a property is deprecated": (
        _object(a=STRING), _object(a={**STRING, "deprecated": True}),
        "request-property-deprecated", "response-property-deprecated",
    ),
    "a default changes": (
        _object(a={**STRING, "default": "x"}), _object(a={**STRING, "default": "y"}),
        "request-default-changed", "response-default-changed",
    ),
    "a default goes": (
        _object(a={**STRING, "default": "x"}), _object(a=STRING),
        "request-default-changed", "response-default-changed",
    ),
    "a closed allOf forbids the properties of the others": (
        {"allOf": [_object(a=STRING), _object(b=STRING)]},
        {"allOf": [_object(a=STRING, additional=False), _object(b=STRING)]},
        "request-additional-properties-closed request-property-removed",
        "response-additional-properties-closed response-property-removed",
    ),
    "a closed part comes": (
        {"allOf": [_object(a=STRING)]},
        {"allOf": [_object(a=STRING), _object(b=STRING, additional=False)]},
        "request-additional-properties-closed request-property-added-optional "
        "request-property-removed",
        "response-additional-properties-closed response-property-added response-property-removed",
    ),
    "a property becomes impossible": (
        _object(a=STRING, b=STRING), _object(a=STRING, b={"enum": []}),
        "request-property-removed", "response-property-removed",
    ),
    "a property becomes possible": (
        _object(a=STRING, b={"allOf": [STRING, INTEGER]}), _object(a=STRING, b=STRING),
        "request-property-added-optional", "response-property-added-to-closed-object",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", TABLE)
@pytest.mark.parametrize(("side", "document"), [(2, sending), (3, answering)])
def test_properties(name: str, side: int, document: Any) -> None:
    row = TABLE[name]
    changes = compare(document(row[0]), document(row[1]))
    assert sorted({change.kind for change in changes}) == str(row[side]).split()


def test_a_default_that_is_new_is_compatible() -> None:
    changes = compare(sending(_object(a=STRING)), sending(_object(a={**STRING, "default": "x"})))
    assert [(change.kind, change.verdict) for change in changes] == [
        ("request-default-added", "compatible")
    ]


def test_a_name_that_was_free_had_values_already() -> None:
    old = _object(additional=INTEGER)
    new = _object(a=STRING, additional=INTEGER)
    assert [change.kind for change in compare(sending(old), sending(new))] == [
        "request-type-changed",
        "request-property-added-optional",
    ]
    assert [change.kind for change in compare(answering(old), answering(new))] == [
        "response-type-changed",
        "response-property-added",
    ]


def test_the_place_is_told_as_people_write_it() -> None:
    def document(schema: Any) -> dict[str, Any]:
        foods = {"type": "array", "items": _object(name=schema)}
        return sending(
            _object(foods=foods, prices={"type": "object", "additionalProperties": foods})
        )

    changes = compare(document(STRING), document(INTEGER))
    assert [(change.place, change.text) for change in changes] == [
        ("request body, foods[].name", "type string became integer"),
        ("request body, prices.*[].name", "type string became integer"),
    ]
    schema = "/paths/~1foods/put/requestBody/content/application~1json/schema"
    assert changes[0].pointer == f"{schema}/properties/foods/items/properties/name"


@pytest.mark.parametrize(
    "pattern", [{}, {"^x": STRING, "^y": STRING}], ids=["fewer patterns", "more patterns"]
)
def test_patterns_beside_a_closed_object_cannot_be_compared(pattern: dict[str, Any]) -> None:
    old = {**_object(additional=False), "patternProperties": {"^x": STRING}}
    new = {**old, "patternProperties": pattern}
    kinds = {
        change.kind
        for change in compare(sending(old, version="3.1.0"), sending(new, version="3.1.0"))
    }
    assert "cannot-be-compared" in kinds


def test_the_last_of_several_alternatives_beside_other_demands() -> None:
    one, other = {"required": ["a"]}, {"required": ["b"]}
    several = {**_object(a=STRING, b=STRING), "anyOf": [one, other]}
    single = {**several, "anyOf": [one]}
    assert {change.kind for change in compare(answering(several), answering(single))} == {
        "response-alternative-removed",
        "response-property-became-required",
    }
    assert {change.kind for change in compare(sending(single), sending(several))} == {
        "request-alternative-added",
        "request-property-became-optional",
    }
