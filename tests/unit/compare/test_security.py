"""Credentials that are asked for, there and back."""

from typing import Any

import pytest

from gatewright.compare import compare
from gatewright.compare.rules import RULES
from tests.unit.compare.documents import JsonObject, api, operation
from tests.unit.compare.security_table import (
    DEFINITIONS,
    KEY,
    KEY_ONLY,
    REQUIREMENTS,
    SCHEMES,
    Security,
)


def _asking(security: Security, schemes: JsonObject = SCHEMES) -> JsonObject:
    return api(operation(security=security), components={"securitySchemes": schemes})


def _expect(old: JsonObject, new: JsonObject, kinds: str) -> None:
    changes = compare(old, new)
    assert sorted(change.kind for change in changes) == kinds.split()
    assert all(change.verdict == RULES[change.kind].verdict for change in changes)


@pytest.mark.parametrize("name", REQUIREMENTS)
def test_requirements(name: str) -> None:
    one, other, there, back = REQUIREMENTS[name]
    _expect(_asking(one), _asking(other), there)
    _expect(_asking(other), _asking(one), back)


@pytest.mark.parametrize("name", DEFINITIONS)
def test_definitions(name: str) -> None:
    one, other, there, back = DEFINITIONS[name]
    old, new = (_asking(KEY_ONLY, {"key": scheme}) for scheme in (one, other))
    _expect(old, new, there)
    _expect(new, old, back)


def test_the_name_of_a_scheme_is_not_sent() -> None:
    assert compare(_asking([{"key": []}]), _asking([{"k": []}], {"k": KEY})) == ()


def test_an_operation_inherits_what_the_document_asks_for() -> None:
    def document(**top: Any) -> JsonObject:
        return api(components={"securitySchemes": SCHEMES}, **top)

    _expect(document(), document(security=[{"key": []}]), "security-added")
    inherited = document(security=[{"key": []}])
    own = {**_asking([{"key": []}]), "security": [{"token": []}]}
    assert compare(inherited, own) == ()


def test_a_scheme_that_is_nowhere_is_known_by_its_name() -> None:
    assert compare(_asking([{"a": []}]), _asking([{"a": []}])) == ()
    _expect(_asking([{"a": []}]), _asking([{"b": []}]), "security-scheme-changed")
