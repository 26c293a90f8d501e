"""The table of rules: complete, and told in the guide as it is."""

from pathlib import Path

import pytest

from gatewright.compare import changelog, compare
from gatewright.compare.rules import RULES, SECTIONS
from gatewright.compare.rules.markdown import rules_as_markdown
from tests.unit.compare import (
    operation_table,
    schema_table,
    security_table,
    test_objects,
)
from tests.unit.compare.documents import answering, sending

GUIDE = Path(__file__).parents[3] / "docs" / "guides" / "contract-changes.md"


def test_each_kind_is_there_once() -> None:
    assert len(RULES) == sum(len(rules) for rules in SECTIONS.values())


@pytest.mark.parametrize("kind", RULES)
def test_what_breaks_has_a_reason_and_a_remedy(kind: str) -> None:
    rule = RULES[kind]
    assert rule.what
    assert rule.why
    assert bool(rule.remedy) == (rule.verdict == "breaking")


def test_each_kind_happens_in_the_tables_of_the_tests() -> None:
    """But for those of whole APIs, and a default that is new, which have tests of their own."""
    happened = {"api-added", "api-removed", "cannot-be-compared", "request-default-added"}
    for row in operation_table.ROWS.values():
        happened |= {row.there, row.back}
    for _, _, there, back in (
        *security_table.REQUIREMENTS.values(),
        *security_table.DEFINITIONS.values(),
    ):
        happened |= {*there.split(), *back.split()}
    for *_, sent, answered in test_objects.TABLE.values():
        happened |= {*str(sent).split(), *str(answered).split()}
    facts = {fact for row in schema_table.ROWS.values() for fact in (row.widened, row.narrowed)}
    facts |= {fact for *_, fact in schema_table.CHANGED.values()}
    facts.add("xml-changed")  # test_xml.py
    happened |= {f"{side}-{fact}" for fact in facts for side in ("request", "response")}
    assert RULES.keys() - happened == set()
    assert happened - RULES.keys() == {""}


def test_the_guide_has_the_table() -> None:
    told = GUIDE.read_text()
    assert rules_as_markdown() in told, "python -m gatewright.compare.rules.markdown"


def test_the_guide_s_example_is_what_happens() -> None:
    old = {"type": "object", "properties": {"name": {"type": "string"}}}
    new = {"type": "object", "properties": {"name": {"type": ["string", "null"]}}}
    changes = compare(answering(old, version="3.1.0"), answering(new, version="3.1.0"))
    assert changes[0].kind == "response-became-nullable"
    kept = compare(sending(old, version="3.1.0"), sending(new, version="3.1.0"))
    assert [change.verdict for change in kept] == ["compatible"]
    assert "### Changed" in changelog("1.1.0", kept)
