"""A change that is called compatible never makes a valid value invalid.

Values and schemas are made by chance, and a reference implementation of JSON Schema tells which
values are valid. Callers send, and servers answer with, only names that the document has.
"""

from typing import Any

import pytest
from jsonschema import Draft202012Validator

from gatewright.compare import Change, compare
from tests.unit.compare.documents import answering, sending
from tests.unit.compare.random_schemas import RandomSchemas

PAIRS_OF_A_SEED = 150
VALUES_OF_A_PAIR = 25
SEEDS = range(8)


def _sent(old: Any, new: Any) -> tuple[Change, ...]:
    return compare(sending(old, version="3.1.0"), sending(new, version="3.1.0"))


def _answered(old: Any, new: Any) -> tuple[Change, ...]:
    return compare(answering(old, version="3.1.0"), answering(new, version="3.1.0"))


def _breaks(changes: tuple[Change, ...]) -> bool:
    return any(change.verdict == "breaking" for change in changes)


@pytest.mark.parametrize("seed", SEEDS)
def test_what_is_compatible_stays_valid(seed: int) -> None:
    made = RandomSchemas(seed)
    kept = 0
    for _ in range(PAIRS_OF_A_SEED):
        old = made.schema()
        new = made.changed(old)
        before, after = Draft202012Validator(old), Draft202012Validator(new)
        if not _breaks(_sent(old, new)):
            kept += 1
            for value in (made.value(old) for _ in range(VALUES_OF_A_PAIR)):
                if before.is_valid(value):
                    assert after.is_valid(value), (old, new, value)
        if not _breaks(_answered(old, new)):
            kept += 1
            for value in (made.value(new) for _ in range(VALUES_OF_A_PAIR)):
                if after.is_valid(value):
                    assert before.is_valid(value), (old, new, value)
    assert kept > PAIRS_OF_A_SEED // 3, "nearly everything is called breaking"


@pytest.mark.parametrize("seed", SEEDS)
def test_the_same_document_has_no_changes(seed: int) -> None:
    made = RandomSchemas(seed)
    for _ in range(PAIRS_OF_A_SEED):
        schema = made.schema()
        assert _sent(schema, schema) == ()
        assert _answered(schema, schema) == ()


UNLIKE_BACK = {"request-default-added", "request-property-added-optional"}


@pytest.mark.parametrize("seed", SEEDS)
def test_what_only_widens_breaks_on_the_way_back(seed: int) -> None:
    made = RandomSchemas(seed)
    widened = 0
    for _ in range(PAIRS_OF_A_SEED):
        old = made.schema()
        new = made.changed(old)
        changes = _sent(old, new)
        if changes and all(change.verdict == "compatible" for change in changes):
            widened += 1
            assert _breaks(_sent(new, old)), (old, new)
            # Who only sends less, and who only answers with less, are each other's mirror.
            assert (
                _breaks(_answered(old, new)) or {change.kind for change in changes} <= UNLIKE_BACK
            ), (old, new)
    assert widened > 10
