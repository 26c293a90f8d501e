"""A document with API Gateway's extensions: nothing that stands before callers gets lost."""

from typing import Any

import pytest

from gatewright.contract.imports.exported import clean
from gatewright.contract.imports.imported import Imported


def document(operation: dict[str, Any], **schemes: dict[str, Any]) -> dict[str, Any]:
    return {
        "openapi": "3.0.1",
        "paths": {"/a": {"get": operation}},
        "components": {"securitySchemes": schemes},
    }


def scheme(**more: Any) -> dict[str, Any]:
    return {"type": "apiKey", "in": "header", "name": "Authorization", **more}


def security(made: Imported) -> Any:
    return made.document["paths"]["/a"]["get"].get("security")


@pytest.mark.parametrize(
    ("operation", "schemes", "told"),
    [
        (
            {"security": [{"mine": []}]},
            {"mine": scheme(**{"x-amazon-apigateway-authorizer": {"type": "odd"}})},
            "an authorizer of the type odd",
        ),
        ({"security": [{"gone": []}]}, {}, "gone, which the document does not define"),
        ({"security": [{"b": []}]}, {"b": {"type": "http", "scheme": "basic"}}, "of the type http"),
        ({"security": [{"b": []}]}, {"b": scheme(name="x-key")}, "of the type apiKey"),
        ({"security": "none"}, {}, "its security is no list of objects"),
        ({"security": ["none"]}, {}, "its security is no list of objects"),
    ],
)
def test_access_that_cannot_be_carried_over_leaves_no_choice(
    operation: dict[str, Any], schemes: dict[str, dict[str, Any]], told: str
) -> None:
    made = clean(document(operation, **schemes))
    assert security(made) is None
    [(text, places)] = made.told["closed"].items()
    assert told in text
    assert places == ["GET /a"]


@pytest.mark.parametrize(
    ("operation", "schemes"),
    [
        (
            {"security": [{"sigv4": []}]},
            {"sigv4": scheme(**{"x-amazon-apigateway-authtype": "awsSigv4"})},
        ),
        ({"x-amazon-apigateway-auth": {"type": "AWS_IAM"}}, {}),
    ],
)
def test_callers_who_sign_their_requests_still_have_to(
    operation: dict[str, Any], schemes: dict[str, dict[str, Any]]
) -> None:
    made = clean(document(operation, **schemes))
    assert security(made) == [{"iam": []}]
    assert "iam" in made.document["components"]["securitySchemes"]


@pytest.mark.parametrize(
    ("authorizer", "sent", "declared"),
    [
        (
            {"type": "token", "authorizerResultTtlInSeconds": 60},
            ("header", "X-Door"),
            "authorizers: {my-door: {type: token, function: <folder>.<module>:<function>, "
            "header: X-Door, cache_seconds: 60}}",
        ),
        (
            {
                "type": "request",
                "identitySource": "method.request.querystring.key, context.path",
            },
            ("query", "key"),
            "authorizers: {my-door: {type: request, function: <folder>.<module>:<function>, "
            "identity_sources: [query.key, context.path]}}",
        ),
        (
            {"type": "request"},
            ("header", "Authorization"),
            "authorizers: {my-door: {type: request, function: <folder>.<module>:<function>, "
            "cache_seconds: 0}}",
        ),
    ],
)
def test_a_function_that_says_who_may_call_has_to_be_declared(
    authorizer: dict[str, Any], sent: tuple[str, str], declared: str
) -> None:
    found = scheme(name="X-Door", **{"x-amazon-apigateway-authorizer": authorizer})
    made = clean(document({"security": [{"my door": []}]}, **{"my door": found}))
    assert security(made) == [{"my-door": []}]
    kept = made.document["components"]["securitySchemes"]["my-door"]
    assert (kept["in"], kept["name"]) == sent
    assert declared in made.told["platform"]


def test_an_own_key_in_the_header_of_the_platforms_keys_is_not_taken_for_one() -> None:
    authorizer = {"x-amazon-apigateway-authorizer": {"type": "token"}}
    made = clean(
        document({"security": [{"mine": []}]}, mine=scheme(name="x-api-key", **authorizer))
    )
    assert made.document["components"]["securitySchemes"]["mine"]["type"] == "http"


def test_several_requirements_are_one_as_the_gateway_reads_them() -> None:
    keys = scheme(name="x-api-key")
    pool = scheme(**{"x-amazon-apigateway-authtype": "cognito_user_pools"})
    made = clean(document({"security": [{"k": []}, {"p": ["a/b"]}]}, k=keys, p=pool))
    assert security(made) == [{"api_key": [], "cognito": ["a/b"]}]


def test_an_operation_that_asks_for_nothing_says_so_and_is_told() -> None:
    made = clean(document({}))
    assert security(made) == []
    assert list(made.told["open"]) == ["GET /a"]


@pytest.mark.parametrize("name", ["policy", "binary-media-types"])
def test_what_decides_stays_for_the_reader_to_refuse(name: str) -> None:
    field = f"x-amazon-apigateway-{name}"
    made = clean({**document({}), field: ["*/*"]})
    assert made.document[field] == ["*/*"]
    assert list(made.told["kept"]) == [field]


def test_another_integration_stays_for_the_reader_to_judge() -> None:
    integration = {"type": "HTTP", "uri": "https://a.example"}
    made = clean(document({"x-amazon-apigateway-integration": integration}))
    operation = made.document["paths"]["/a"]["get"]
    assert operation["x-amazon-apigateway-integration"] == integration
    assert made.told["kept"] == {"an integration of the type http": ["GET /a"]}


def test_any_is_each_method_and_needs_its_parameters() -> None:
    made = clean(
        {"swagger": "2.0", "paths": {"/{p+}": {"x-amazon-apigateway-any-method": {}, "get": {}}}}
    )
    item = made.document["paths"]["/{p+}"]
    assert set(item) == {"get", "put", "post", "delete", "head", "patch"}
    expected = [{"name": "p", "in": "path", "required": True, "type": "string"}]
    assert item["put"]["parameters"] == expected
