"""The next version, and the changelog that goes with it."""

import pytest

from gatewright.compare import Change, changelog, compare, differences, next_version
from tests.unit.compare.documents import JsonObject, answering, api, operation, query, taking

BREAKING = compare(taking(query()), taking(query(required=True)))
COMPATIBLE = compare(taking(), taking(query()))
WORDS = compare(api(), api(operation(summary="Put")))


@pytest.mark.parametrize(
    ("published", "changes", "api_version", "version"),
    [
        (None, (), "v1", "1.0.0"),
        (None, BREAKING, "v2", "2.0.0"),
        ("1.2.3", (), "v1", "1.2.3"),
        ("1.2.3", WORDS, "v1", "1.2.4"),
        ("1.2.3", COMPATIBLE, "v1", "1.3.0"),
        ("1.2.3", WORDS + COMPATIBLE, "v1", "1.3.0"),
        ("1.2.3", COMPATIBLE + BREAKING, "v1", "2.0.0"),
        ("2.9.9", COMPATIBLE, "v2", "2.10.0"),
    ],
)
def test_the_next_version(
    published: str | None, changes: tuple[Change, ...], api_version: str, version: str
) -> None:
    assert next_version(published, changes, api_version=api_version) == version


@pytest.mark.parametrize(
    ("published", "api_version", "reason"),
    [
        ("1.2", "v1", "'1.2' is not like 1.2.3"),
        ("v1", "v1", "'v1' is not like 1.2.3"),
        ("1.2.3-beta", "v1", "is not like 1.2.3"),
        ("01.2.3", "v1", "is not like 1.2.3"),
        (None, "1", "'1' is not like v1"),
        (None, "v0", "'v0' is not like v1"),
        (None, "v1\n", "is not like v1"),
    ],
)
def test_what_is_no_version(published: str | None, api_version: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        next_version(published, (), api_version=api_version)


def test_the_changelog_of_a_release() -> None:
    assert changelog("2.0.0", BREAKING + COMPATIBLE + WORDS) == (
        "## 2.0.0\n\n"
        "### Breaking\n\n"
        "- query parameter limit has to be sent (`put_food`): "
        "callers that leave it out are refused\n\n"
        "### Added\n\n"
        "- query parameter limit is new (`put_food`)\n\n"
        "### Documentation\n\n"
        "- summary changed (`put_food`)\n"
    )


def test_a_shared_schema_is_one_line() -> None:
    def document(name: str) -> JsonObject:
        reference = {"$ref": "#/components/schemas/Food"}
        food = {"type": "object", "properties": {"name": {"type": name}}}
        one = answering(reference, schemas={"Food": food})
        item = one["paths"]["/foods"]["put"]
        paths = {f"/{i}": {"get": {**item, "operationId": f"get_{i}"}} for i in range(6)}
        return {**one, "paths": paths}

    text = changelog("2.0.0", compare(document("string"), document("integer")))
    assert text.count("\n- ") == 1
    assert (
        "- Food.name: type string became integer (`get_0`, `get_1`, `get_2` and 3 others)" in text
    )


def test_no_changes_are_told() -> None:
    assert changelog("1.0.0", ()) == "## 1.0.0\n\nNo changes.\n"


def test_a_new_api_version_tells_what_differs_from_the_one_before() -> None:
    text = differences("2.0.0", "v1", BREAKING)
    assert text.startswith("## 2.0.0\n\n### What differs from v1\n\n#### Breaking\n\n- query")
