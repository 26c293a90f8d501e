"""Changes of operations, parameters, bodies, answers, servers and words, there and back."""

from typing import Any

import pytest

from gatewright.compare import Change, CompareError, compare
from gatewright.compare.rules import RULES
from tests.unit.compare.documents import JsonObject, api, operation, query, taking
from tests.unit.compare.operation_table import ROWS, Row


@pytest.mark.parametrize("row", [pytest.param(row, id=name) for name, row in ROWS.items()])
def test_there_and_back(row: Row) -> None:
    _expect(compare(row.one, row.other), row.there, row.there_why)
    _expect(compare(row.other, row.one), row.back, row.back_why)


def _expect(changes: tuple[Change, ...], kind: str, why: str) -> None:
    assert [change.kind for change in changes] == ([kind] if kind else [])
    for change in changes:
        assert change.verdict == RULES[kind].verdict
        assert why in change.why
        assert change.text


def test_what_moved_is_compared_as_well() -> None:
    old = api(operation(parameters=[query()]))
    new = api(operation(parameters=[query(required=True)]), path="/dishes")
    assert [(change.kind, change.operation) for change in compare(old, new)] == [
        ("operation-moved", "PUT /dishes"),
        ("parameter-became-required", "PUT /dishes"),
    ]


def test_equal_operations_without_names_moved() -> None:
    item = operation(parameters=[query()])
    del item["operationId"]
    (change,) = compare(api(item), api(item, path="/dishes"))
    assert (change.kind, change.text) == ("operation-moved", "PUT /foods became PUT /dishes")


def test_unlike_operations_are_gone_and_new() -> None:
    changes = compare(
        api(operation(operationId="a", parameters=[query()])),
        api(operation(operationId="b"), path="/dishes"),
    )
    assert [(change.kind, change.document) for change in changes] == [
        ("operation-removed", "old"),
        ("operation-added", "new"),
    ]


def test_a_range_stands_for_its_statuses() -> None:
    def document(status: str) -> JsonObject:
        return api(operation(responses={status: {"description": "OK"}}))

    assert compare(document("2XX"), document("201")) == ()
    (change,) = compare(document("404"), document("default"))
    assert (change.kind, change.verdict) == ("response-error-status-added", "compatible")


def test_a_range_of_media_types_stands_for_them() -> None:
    def document(media_type: str) -> JsonObject:
        content = {media_type: {"schema": {"type": "string"}}}
        return api(operation(requestBody={"content": content}))

    (change,) = compare(document("text/csv"), document("text/*"))
    assert (change.kind, change.verdict) == ("request-media-type-added", "compatible")
    assert compare(document("text/*"), document("text/*")) == ()


def test_an_operation_s_own_parameter_wins() -> None:
    item = {"put": operation(parameters=[query(required=True)]), "parameters": [query()]}
    document = {**api(), "paths": {"/foods": item}}
    assert compare(document, taking(query(required=True))) == ()


def test_operations_beside_a_reference_of_a_path() -> None:
    def document(**own: Any) -> JsonObject:
        paths = {"/foods": {"$ref": "#/paths/~1dishes", **own}, "/dishes": {"get": operation()}}
        return {**api(), "paths": paths}

    (change,) = compare(document(post=operation(operationId="add")), document())
    assert (change.kind, change.operation) == ("operation-removed", "POST /foods")
    (change,) = compare(document(), document(get=operation(parameters=[query(required=True)])))
    assert (change.kind, change.operation) == ("parameter-added-required", "GET /foods")


def test_a_method_in_capitals_is_meant_as_one() -> None:
    (change,) = compare(api(method="PUT"), {**api(), "paths": {"/foods": {}}})
    assert (change.kind, change.operation) == ("operation-removed", "PUT /foods")


def test_an_operation_that_goes_elsewhere_than_the_api() -> None:
    old, new = api(), api(operation(servers=[{"url": "https://b.example"}]))
    assert {change.kind for change in compare(old, new)} == {"server-removed", "server-added"}


def test_a_parameter_without_a_name_is_not_valid() -> None:
    with pytest.raises(
        CompareError, match="/paths/~1foods/put/parameters/0 needs a text as 'name'"
    ):
        compare(taking(query()), taking({"in": "query"}))


def test_what_is_referred_to_is_read() -> None:
    components = {
        "parameters": {"Limit": query()},
        "requestBodies": {"Food": {"content": {"application/json": {"schema": {}}}}},
        "responses": {
            "Ok": {"description": "OK", "headers": {"X": {"$ref": "#/components/headers/X"}}}
        },
        "headers": {"X": {"schema": {"type": "string"}}},
    }
    item = operation(
        parameters=[{"$ref": "#/components/parameters/Limit"}],
        requestBody={"$ref": "#/components/requestBodies/Food"},
        responses={"200": {"$ref": "#/components/responses/Ok"}},
    )
    plain = operation(
        parameters=[query()],
        requestBody=components["requestBodies"]["Food"],
        responses={"200": {"description": "OK", "headers": {"X": {"schema": {"type": "string"}}}}},
    )
    document = api(item, components=components)
    assert compare(document, api(plain)) == ()
    changed = {
        **document,
        "components": {**components, "headers": {"X": {"schema": {"type": "integer"}}}},
    }
    assert [change.kind for change in compare(document, changed)] == ["response-type-changed"]


def test_header_names_have_no_case_and_some_are_not_parameters() -> None:
    old = taking(query("X-Key", **{"in": "header"}), query("Accept", **{"in": "header"}))
    assert compare(old, taking(query("x-key", **{"in": "header"}))) == ()
