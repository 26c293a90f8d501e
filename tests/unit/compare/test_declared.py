"""The file of breaking changes that were written down, and its mistakes."""

from pathlib import Path

import pytest

from gatewright.compare import (
    Judgement,
    compare,
    judge,
    read_declared,
    report,
    unknown_apis,
)
from gatewright.config import ConfigError
from tests.unit.compare.documents import JsonObject, answering, api, operation, query, taking

OLD = taking(query())
NEW = taking(query(required=True))
ENTRY = """\
foods-v1:
  - kind: parameter-became-required
    operation: PUT /foods
    reason: nobody left it out
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "breaking.yaml"


def _judged(file: Path, text: str, old: JsonObject = OLD, new: JsonObject = NEW) -> Judgement:
    file.write_text(text)
    return judge({"foods-v1": old}, {"foods-v1": new}, read_declared(file))


def test_an_api_that_is_not_there(file: Path) -> None:
    file.write_text(ENTRY.replace("foods-v1", "food-v1"))
    declared = read_declared(file)
    assert unknown_apis(declared, ["foods-v1", "orders-v1"]) == (
        "line 2 declares changes of 'food-v1', and there is no such API: did you mean 'foods-v1'? "
        "otherwise remove it",
    )
    assert unknown_apis(declared, ["food-v1"]) == ()
    assert "there are x; otherwise remove it" in unknown_apis(declared, ["x"])[0]


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("", False),
        ("# nothing\n", False),
        ("foods-v1:\n", False),
        (ENTRY, True),
        (ENTRY.replace("foods-v1", "foods-v2"), False),
        (ENTRY.replace("PUT /foods", "GET /foods"), False),
        (ENTRY.replace("    reason", "    place: query parameter limit\n    reason"), True),
        (ENTRY.replace("    reason", "    place: query parameter page\n    reason"), False),
        (ENTRY.replace("became-required", "removed"), False),
    ],
)
def test_what_is_declared_holds(file: Path, text: str, holds: bool) -> None:
    judgement = _judged(file, text)
    assert judgement.holds is holds
    assert bool(judgement.undeclared) is not holds
    assert judgement.versions == {"foods-v1": "2.0.0"}


def test_what_the_report_prints_can_be_pasted(file: Path) -> None:
    def document(name: str) -> JsonObject:
        food = {"type": "object", "properties": {"a: b": {"type": name}, "c": {"type": name}}}
        one = answering({"$ref": "#/components/schemas/Food"}, schemas={"Food": food})
        paths = {f"/{i}": one["paths"]["/foods"] for i in range(3)}
        return {**one, "paths": {**paths, "/foods": {"put": operation(parameters=[query()])}}}

    old = document("string")
    new = {**document("integer"), "servers": []}
    new["paths"].pop("/foods")
    old["servers"] = [{"url": "https://a.example"}]
    told = report(_judged(file, "", old, new))
    pasted = told[told.index("      foods-v1:\n") :].replace("reason:", "reason: it is meant")
    judgement = _judged(file, pasted, old, new)
    assert judgement.holds
    assert judgement.apis[0].unmatched == ()
    assert "breaking, as declared; the next version is 2.0.0" in report(judgement)


def test_what_did_not_happen_is_told_and_is_no_mistake(file: Path) -> None:
    judgement = _judged(file, ENTRY, OLD, OLD)
    assert judgement.holds
    assert judgement.versions == {"foods-v1": "1.0.0"}
    told = report(judgement)
    assert "line 2 declares parameter-became-required PUT /foods, which is no change" in told


MISTAKES = {
    "no mapping": ("- kind: a\n", 1, "a list", ""),
    "no list": ("foods-v1: yes\n", 1, "'yes'", ""),
    "no change": ("foods-v1:\n  - operation-removed\n", 2, "'operation-removed'", ""),
    "no reason": ("foods-v1:\n  - kind: operation-removed\n", 2, "without 'reason'", "reason: ..."),
    "an empty reason": (ENTRY.replace("nobody left it out", "''"), 4, "nothing", "why callers"),
    "a reason to fill in": (ENTRY.replace("nobody left it out", "# why"), 4, "nothing", "why"),
    "an unknown field": (
        ENTRY.replace("operation:", "operations:"), 3, "unknown field 'operations'", "'operation'",
    ),
    "an unknown kind": (
        ENTRY.replace("became-required", "become-required"), 2, "parameter-become", "did you mean",
    ),
    "a compatible kind": (
        ENTRY.replace("became-required", "added-optional"), 2, "which is compatible", "remove it",
    ),
    "a field twice": (ENTRY + "    reason: again\n", 5, "a second time", "remove one"),
}  # fmt: skip


@pytest.mark.parametrize("name", MISTAKES)
def test_mistakes(file: Path, name: str) -> None:
    text, line, found, remedy = MISTAKES[name]
    file.write_text(text)
    with pytest.raises(ConfigError) as error:
        read_declared(file)
    (problem,) = error.value.problems
    assert (problem.file, problem.line) == (str(file), line)
    assert found in problem.found
    assert remedy in problem.remedy


def test_apis_that_come_and_go() -> None:
    judgement = judge({"a-v1": api(), "b-v1": api()}, {"b-v1": api(), "c-v3": api()}, {})
    assert [(item.name, item.published, item.version) for item in judgement.apis] == [
        ("a-v1", "1.0.0", None),
        ("b-v1", "1.0.0", "1.0.0"),
        ("c-v3", None, "3.0.0"),
    ]
    assert [change.kind for change in judgement.undeclared] == ["api-removed"]
    assert compare(api(), api()) == judgement.apis[1].changes


def test_a_version_that_is_none_counts_as_the_first() -> None:
    old = {**OLD, "info": {"title": "Foods", "version": "v1"}}
    assert judge({"foods-v1": old}, {"foods-v1": OLD}, {}).versions == {"foods-v1": "1.0.0"}
