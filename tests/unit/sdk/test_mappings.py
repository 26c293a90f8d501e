"""Names that clients have already."""

import pytest

from gatewright.sdk.document import ApiDocument
from gatewright.sdk.mappings import class_name, error_class, mappings, model_names
from tests.unit.sdk.documents import content, document, operation


def with_schemas(*names: str) -> ApiDocument:
    found = content()
    found["components"]["schemas"].update({name: {"type": "object"} for name in names})
    return ApiDocument("foods-v2", "2.0.0", found)


@pytest.mark.parametrize(
    ("language", "schema"),
    [("typescript", "Promise"), ("java", "Map"), ("python", "Configuration"), ("ruby", "ApiError")],
)
def test_a_class_of_the_client_itself(language: str, schema: str) -> None:
    assert model_names(with_schemas(schema, "Food"), language) == {schema: f"Model{schema}"}


def test_the_other_name_may_be_taken_too() -> None:
    found = model_names(with_schemas("Promise", "ModelPromise"), "typescript")
    assert found == {"Promise": "ModelModelPromise"}


def test_a_name_that_another_language_has() -> None:
    assert model_names(with_schemas("Promise"), "java") == {}
    assert model_names(with_schemas("Map"), "objc") == {}


@pytest.mark.parametrize(
    ("schema", "name"),
    [("GatewayError", "GatewayError"), ("not-found", "NotFound"), ("HTTP_error", "HTTPError")],
)
def test_the_error_model_is_called_by_its_class(schema: str, name: str) -> None:
    told = {"$ref": f"#/components/schemas/{schema}"}
    error = {"description": "", "content": {"application/json": {"schema": told}}}
    found = document({"/foods": {"get": operation("list_foods", responses={"404": error})}})
    found.content["components"]["schemas"][schema] = {"type": "object"}
    assert error_class(found, "java") == name
    assert class_name(schema) == name


def test_parameters_and_operations() -> None:
    found = document({"/foods": {"get": operation("2fa")}})
    assert mappings(found, "java")["parameterNameMappings"]["headers"] == "headersParameter"
    assert mappings(found, "objc") == {"operationIdNameMappings": {"2fa": "call2fa"}}
    assert mappings(found, "swift") == {}
