"""Schemas that accept more or less, in what is sent and in what comes."""

from typing import Any

import pytest

from gatewright.compare import Change, compare
from tests.unit.compare.documents import answering, query, sending, taking
from tests.unit.compare.schema_table import CHANGED, ROWS, UNDECIDED, Row

SIDES = {"request": sending, "response": answering}

each_row = pytest.mark.parametrize(
    "row", [pytest.param(row, id=name) for name, row in ROWS.items()]
)
each_side = pytest.mark.parametrize("side", SIDES)


def _compare(side: str, old: Any, new: Any, version: str = "3.0.3") -> tuple[Change, ...]:
    document = SIDES[side]
    return compare(document(old, version=version), document(new, version=version))


@each_row
@each_side
def test_accepting_more_breaks_who_reads_and_not_who_sends(row: Row, side: str) -> None:
    changes = _compare(side, row.narrow, row.wide, row.version)
    verdict = {"request": "compatible", "response": "breaking"}[side]
    assert {(change.kind, change.verdict) for change in changes} == {
        (f"{side}-{row.widened}", verdict)
    }
    reason = {"request": "still taken", "response": "do not expect"}[side]
    assert all(reason in change.why or row.widened.startswith("property") for change in changes)


@each_row
@each_side
def test_accepting_less_breaks_who_sends_and_not_who_reads(row: Row, side: str) -> None:
    changes = _compare(side, row.wide, row.narrow, row.version)
    verdict = {"request": "breaking", "response": "compatible"}[side]
    assert {(change.kind, change.verdict) for change in changes} == {
        (f"{side}-{row.narrowed}", verdict)
    }
    reason = {"request": "refused", "response": "expected before"}[side]
    assert all(reason in change.why or row.narrowed.startswith("property") for change in changes)


@each_row
def test_a_parameter_is_sent(row: Row) -> None:
    def document(schema: Any) -> dict[str, Any]:
        return taking(query(schema=schema), version=row.version)

    breaking = compare(document(row.wide), document(row.narrow))
    assert {change.verdict for change in breaking} == {"breaking"}
    assert all(change.place.startswith("query parameter limit") for change in breaking)
    kept = compare(document(row.narrow), document(row.wide))
    assert {change.verdict for change in kept} == {"compatible"}


@pytest.mark.parametrize("name", CHANGED)
@each_side
def test_what_is_neither_more_nor_less_breaks_both(name: str, side: str) -> None:
    one, other, fact = CHANGED[name]
    for old, new in ((one, other), (other, one)):
        assert [(change.kind, change.verdict) for change in _compare(side, old, new)] == [
            (f"{side}-{fact}", "breaking")
        ]


@pytest.mark.parametrize("name", UNDECIDED)
@each_side
def test_what_cannot_be_decided_breaks_and_says_so(name: str, side: str) -> None:
    one, other = UNDECIDED[name]
    for old, new in ((one, other), (other, one)):
        changes = _compare(side, old, new, "3.1.0")
        undecided = [change for change in changes if change.kind == "cannot-be-compared"]
        assert undecided, changes
        assert {change.verdict for change in undecided} == {"breaking"}
        assert "they may" in undecided[0].why


STRING, INTEGER, NULL = ({"type": name} for name in ("string", "integer", "null"))
SAME: dict[str, tuple[Any, Any]] = {
    "order of types": ({"type": ["string", "null"]}, {"type": ["null", "string"]}),
    "const": ({"const": 1}, {"enum": [1]}),
    "1 is 1.0": ({"enum": [1.0]}, {"enum": [1]}),
    "whole numbers": ({**INTEGER, "exclusiveMinimum": 0}, {**INTEGER, "minimum": 1}),
    "multiples of 1": ({**INTEGER, "multipleOf": 1}, INTEGER),
    "null that the list lacks": (
        {"type": ["string", "null"], "enum": ["a"]},
        {**STRING, "enum": ["a"]},
    ),
    "both booleans": ({"type": "boolean", "enum": [False, True]}, {"type": "boolean"}),
    "no length": ({**STRING, "minLength": 0}, STRING),
    "allOf": ({"allOf": [STRING, {"maxLength": 9}]}, {**STRING, "maxLength": 9}),
    "tighter": ({"allOf": [{"maxLength": 9}, {"maxLength": 10}]}, {"maxLength": 9}),
    "one alternative": ({"anyOf": [STRING]}, STRING),
    "null as alternative": ({"anyOf": [STRING, NULL]}, {"type": ["string", "null"]}),
    "types as alternatives": ({"anyOf": [STRING, INTEGER]}, {"type": ["integer", "string"]}),
    "order of alternatives": ({"oneOf": [STRING, INTEGER]}, {"oneOf": [INTEGER, STRING]}),
    "true": (True, {}),
    "open": ({"type": "object", "additionalProperties": True}, {"type": "object"}),
    "order of required": (
        {"type": "object", "required": ["a", "b"]},
        {"type": "object", "required": ["b", "a"]},
    ),
}


@pytest.mark.parametrize("name", SAME)
@each_side
def test_the_same_said_otherwise_is_no_change(name: str, side: str) -> None:
    one, other = SAME[name]
    assert _compare(side, one, other, "3.1.0") == ()
    assert _compare(side, other, one, "3.1.0") == ()


def test_true_is_not_one() -> None:
    assert [change.kind for change in _compare("request", {"enum": [True]}, {"enum": [1]})] == [
        "request-enum-value-removed",
        "request-enum-value-added",
    ]


def test_a_bound_of_another_type_says_nothing() -> None:
    old, new = {"type": "string", "maxLength": 9}, {"type": "integer", "maximum": 9}
    assert [change.kind for change in _compare("request", old, new)] == ["request-type-changed"]
