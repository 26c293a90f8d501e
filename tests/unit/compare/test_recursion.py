"""Schemas that contain themselves, that many operations share, and documents that are not one."""

import json
from pathlib import Path
from typing import Any

import pytest

from gatewright.compare import CompareError, compare
from gatewright.compare.schemas import graph
from tests.unit.compare.documents import JsonObject, answering, api, content, operation, sending

NODE = {"$ref": "#/components/schemas/Node"}
STRING = {"type": "string"}


def _tree(name: Any = STRING, **more: Any) -> JsonObject:
    children = {"type": "array", "items": NODE}
    node = {"type": "object", "properties": {"name": name, "children": children, **more}}
    return sending(NODE, schemas={"Node": node})


def test_a_schema_that_contains_itself_is_told_once() -> None:
    (change,) = compare(_tree(), _tree({"type": "integer"}))
    assert (change.place, change.pointer) == (
        "request body, name",
        "/components/schemas/Node/properties/name",
    )
    assert compare(_tree(), _tree()) == ()


def test_two_that_contain_each_other() -> None:
    def document(leaf: Any) -> JsonObject:
        one = {"type": "object", "properties": {"two": {"$ref": "#/components/schemas/Two"}}}
        two = {
            "type": "object",
            "properties": {"one": {"$ref": "#/components/schemas/One"}, "leaf": leaf},
        }
        responses = {
            status: {"description": "", **content({"$ref": f"#/components/schemas/{name}"})}
            for status, name in (("200", "One"), ("201", "Two"))
        }
        return api(operation(responses=responses), schemas={"One": one, "Two": two})

    # From either of them, whichever was looked at first.
    assert [change.place for change in compare(document(STRING), document({}))] == [
        "response 200, two.leaf",
        "response 201, leaf",
    ]


def test_a_part_of_itself_adds_nothing() -> None:
    loop = {"allOf": [NODE, STRING]}
    changed = {"allOf": [NODE, {"type": "integer"}]}
    kinds = [
        change.kind
        for change in compare(
            sending(NODE, schemas={"Node": loop}), sending(NODE, schemas={"Node": changed})
        )
    ]
    assert kinds == ["request-type-changed"]


@pytest.mark.parametrize("schema", [NODE, {"$ref": "#/components/schemas/Nowhere"}, {"$ref": "#"}])
def test_references_that_lead_in_a_circle_or_nowhere_end(schema: Any) -> None:
    document = answering(schema, schemas={"Node": NODE})
    assert compare(document, document) == ()
    assert [change.verdict for change in compare(document, answering(STRING))]


def test_parts_of_parts_of_parts_do_not_multiply() -> None:
    """Each level has the next one twice, so that there are two to the power of sixty ways."""

    def document(leaf: Any) -> JsonObject:
        schemas: JsonObject = {"S60": leaf}
        for level in range(60):
            below = {"$ref": f"#/components/schemas/S{level + 1}"}
            schemas[f"S{level}"] = {
                "allOf": [below, below],
                "properties": {"left": below, "right": below},
            }
        return sending({"$ref": "#/components/schemas/S0"}, schemas=schemas)

    assert {change.verdict for change in compare(document({}), document(STRING))} == {"breaking"}


def test_many_alternatives_without_names_are_paired_at_once() -> None:
    def document(prefix: str) -> JsonObject:
        return sending(
            {"oneOf": [{"properties": {f"{prefix}{index}": STRING}} for index in range(2000)]}
        )

    changes = compare(document("a"), document("b"))
    assert {change.kind for change in changes} == {
        "request-property-removed",
        "request-property-added-optional",
    }


def test_too_much_to_tell_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(graph, "MOST_STEPS", 50)
    with pytest.raises(CompareError, match=r"as /components/schemas/Node.*; publish it as a new"):
        compare(_tree(), _tree({"type": "integer"}))


def test_a_shared_schema_is_told_of_each_operation() -> None:
    def document(name: Any) -> JsonObject:
        food = {"type": "object", "properties": {"name": name}}
        answer = {"200": {"description": "", **content({"$ref": "#/components/schemas/Food"})}}
        paths = {
            f"/{i}": {"get": {"operationId": f"get_{i}", "responses": answer}} for i in range(9)
        }
        return {**api(schemas={"Food": food}), "paths": paths}

    changes = compare(document(STRING), document({"type": "integer"}))
    assert [change.operation_id for change in changes] == [f"get_{i}" for i in range(9)]


@pytest.mark.parametrize(
    ("document", "reason"),
    [
        ({"swagger": "2.0", "info": {}, "paths": {}}, "is Swagger 2.0.*swagger2openapi"),
        ({"openapi": "4.0.0"}, "says `openapi: 4.0.0`, and 3.0 and 3.1"),
        ({}, "says `openapi: None`"),
        ([], "is no OpenAPI document but a list"),
        ({**api(), "paths": []}, "/paths must be a mapping, and is a list"),
        ({**api(), "paths": {"/a": 1}}, "/paths/~1a must be a mapping"),
        (api(operation(parameters={"a": 1})), "parameters must be a list"),
        (api(operation(security={"key": []})), "security must be a list"),
    ],
)
def test_what_cannot_be_compared_is_refused(document: Any, reason: str) -> None:
    with pytest.raises(CompareError, match=reason):
        compare(api(), document)
    with pytest.raises(CompareError, match=reason):
        compare(document, api())


def test_what_is_nested_too_deeply_is_refused() -> None:
    schema: Any = STRING
    for _ in range(100_000):
        schema = {"items": schema}
    with pytest.raises(CompareError, match="nested too deeply"):
        compare(sending(schema), api())


def test_the_version_in_a_document_is_no_change() -> None:
    assert compare(api(), {**api(), "info": {"title": "Foods", "version": "2.0.0"}}) == ()


def test_documents_of_two_versions_of_openapi() -> None:
    old = answering({"type": "string", "nullable": True})
    assert compare(old, answering({"type": ["string", "null"]}, version="3.1.0")) == ()


def test_the_public_documents_of_the_example(tmp_path: Path) -> None:
    from gatewright.config import load_platform
    from stacks.contracts import read_contracts
    from stacks.release_documents import ROOT, write_documents

    platform = load_platform(ROOT / "platform.yaml")
    write_documents(platform, read_contracts(platform, ROOT), ROOT, tmp_path)
    v1, v2 = (
        json.loads((tmp_path / "openapi" / f"foods-{version}.json").read_text())
        for version in ("v1", "v2")
    )
    assert compare(v1, v1) == compare(v2, v2) == ()
    assert "operation-moved" in {change.kind for change in compare(v1, v2)}
