"""Operations, their parameters, bodies and extensions, and who may call them."""

from typing import Any

import pytest

from gatewright.contract import backend_constraints, compile_gateway, public_document
from tests.unit.contract.services import BINDING
from tests.unit.contract.spec_first.descriptions import (
    Folder,
    description,
    operation,
    texts,
)

SCHEMES = {
    "key": {"type": "apiKey", "in": "header", "name": "X-API-Key"},
    "other": {"type": "apiKey", "in": "query", "name": "key"},
    "bearer": {"type": "http", "scheme": "Bearer"},
    "oidc": {"type": "openIdConnect", "openIdConnectUrl": "https://a.example"},
    "oauth": {"type": "oauth2", "flows": {}},
    "basic": {"type": "http", "scheme": "basic"},
    "mutual": {"type": "mutualTLS"},
    "authorization": {"type": "apiKey", "in": "header", "name": "Authorization"},
}


def secured(security: Any) -> dict[str, Any]:
    more = {} if security is None else {"security": security}
    made = description({"/a": {"get": operation(**more)}}, components={"securitySchemes": SCHEMES})
    del made["security"]
    return made


@pytest.mark.parametrize(
    ("written", "made"),
    [
        ([], [{}]),
        ([{}], [{}]),
        ([{"key": []}], [{"api_key": []}]),
        ([{"bearer": []}], [{"cognito": []}]),
        ([{"oidc": ["shop/read"]}], [{"cognito": ["shop/read"]}]),
        ([{"oauth": ["read"]}], [{"cognito": ["shop/read"]}]),
        ([{"oauth": ["aws.cognito.signin.user.admin"]}],
         [{"cognito": ["aws.cognito.signin.user.admin"]}]),
        ([{"key": [], "bearer": []}], [{"api_key": [], "cognito": []}]),
        ([{"oidc": []}, {"bearer": []}], [{"cognito": []}]),
    ],
    ids=str,
)  # fmt: skip
def test_a_scheme_is_one_of_the_platforms(shop: Folder, written: Any, made: Any) -> None:
    contract = shop.write(secured(written)).contract()
    assert contract.document["paths"]["/a"]["get"]["security"] == made
    used = {name for requirement in made for name in requirement}
    assert set(contract.document["components"]["securitySchemes"]) == used


@pytest.mark.parametrize(
    ("written", "reason", "remedy"),
    [
        (None, "nobody chose who may call it", "write security: []"),
        ([{"key": []}, {}], "2 alternative security requirements", "two operations"),
        ([{"kee": []}], "there is no security scheme kee", "did you mean 'key'?"),
        ([{"other": []}], "an API key in the query key", "in the header x-api-key"),
        ([{"authorization": []}], "an API key in the header Authorization", "bearer"),
        ([{"basic": []}], "the security scheme http basic", "http with the scheme bearer"),
        ([{"mutual": []}], "the security scheme mutualTLS", "http with the scheme bearer"),
        ([{"oauth": ["a", "b"]}], "any one of them", "ask for one scope"),
        ({"key": []}, "security is an object", "write a list"),
    ],
    ids=str,
)
def test_access_that_is_refused(shop: Folder, written: Any, reason: str, remedy: str) -> None:
    problem = shop.write(secured(written)).problem()
    assert reason in problem.reason
    assert remedy in problem.remedy
    assert problem.operation == "GET /a"


def test_the_documents_requirement_is_each_operations(shop: Folder) -> None:
    shop.write({**secured(None), "security": [{"key": []}]})
    assert shop.contract().document["paths"]["/a"]["get"]["security"] == [{"api_key": []}]


def test_an_authorizers_key_is_in_the_header_authorization(shop: Folder) -> None:
    shop.write(secured([{"authorization": []}]))
    contract = shop.contract(api_key_source="AUTHORIZER")
    assert contract.document["paths"]["/a"]["get"]["security"] == [{"api_key": []}]


def test_a_preflight_needs_no_choice(shop: Folder) -> None:
    made = secured(None)
    made["paths"] = {"/a": {"options": operation()}}
    assert "security" not in shop.write(made).contract().document["paths"]["/a"]["options"]


@pytest.mark.parametrize(
    ("written", "made"),
    [
        ("list_orders", "list_orders"),
        ("list-orders", "list_orders"),
        ("Orders/list", "Orders_list"),
        ("2nd", "operation_2nd"),
        ("été", "t"),
        ("!", "operation"),
        (None, "get_a_b"),
    ],
)
def test_an_operation_id_is_a_word(shop: Folder, written: str | None, made: str) -> None:
    parameter = {"name": "b", "in": "path", "required": True, "schema": {"type": "string"}}
    found = operation(parameters=[parameter]) | {"operationId": written}
    contract = shop.write(description({"/a/{b}": {"get": found}})).contract()
    assert [o.operation_id for o in contract.operations()] == [made]


def test_operation_ids_are_made_unique(shop: Folder) -> None:
    paths = {"/a": {"get": operation(), "put": operation()}, "/b": {"get": operation()}}
    found = shop.write(description(paths)).read()
    assert found.contract is not None
    assert [o.operation_id for o in found.contract.operations()] == ["order", "order_2", "order_3"]
    assert len(texts(found.notes, "rewritten")) == 2


def parameters(*own: dict[str, Any], path: str = "/a", **item: Any) -> dict[str, Any]:
    return description({path: {**item, "get": operation(parameters=list(own))}})


TEXT = {"schema": {"type": "string"}}


def test_an_operations_parameter_is_in_place_of_the_paths(shop: Folder) -> None:
    shop.write(
        parameters(
            {"name": "x-A", "in": "header", "description": "own", **TEXT},
            parameters=[
                {"name": "X-a", "in": "header", **TEXT},
                {"name": "b", "in": "query", **TEXT},
            ],
        )
    )
    made = shop.contract().document["paths"]["/a"]["get"]["parameters"]
    assert [(p["name"], p.get("description")) for p in made] == [("x-A", "own"), ("b", None)]


def test_a_parameter_of_the_path_is_required(shop: Folder) -> None:
    shop.write(parameters({"name": "b", "in": "path", **TEXT}, path="/a/{b}"))
    found = shop.read()
    assert found.contract is not None
    assert "is required" in texts(found.notes, "rewritten")[0]
    gateway = compile_gateway(found.contract, BINDING)
    assert gateway["paths"]["/a/{b}"]["get"]["parameters"][0]["required"] is True


def test_headers_that_openapi_ignores_are_left_out(shop: Folder) -> None:
    names = ("Accept", "content-type", "Authorization")
    shop.write(parameters(*({"name": n, "in": "header", **TEXT} for n in names)))
    assert "parameters" not in shop.contract().document["paths"]["/a"]["get"]
    assert len(texts(shop.read().notes, "documents")) == 3


def test_the_schema_of_a_parameter_stands_in_it(shop: Folder) -> None:
    schemas = {"Limit": {"type": "integer", "maximum": 9}, "Kind": {"enum": ["a"]}}
    made = parameters(
        {"name": "limit", "in": "query", "schema": {"$ref": "#/components/schemas/Limit"}},
        {"name": "kind", "in": "query", "schema": {"$ref": "#/components/schemas/Kind"}},
    )
    contract = shop.write({**made, "components": {"schemas": schemas}}).contract()
    limit, kind = contract.document["paths"]["/a"]["get"]["parameters"]
    assert limit["schema"] == {"type": "integer", "maximum": 9}
    # So that SDKs have a name for the choices.
    assert kind["schema"] == {"$ref": "#/components/schemas/Kind"}


def test_a_name_that_the_gateway_cannot_have_is_the_functions(shop: Folder) -> None:
    made = parameters({"name": "page[size]", "in": "query", "required": True, **TEXT})
    contract = shop.write(made).contract()
    assert "parameters" not in compile_gateway(contract, BINDING)["paths"]["/a"]["get"]
    (constraint,) = backend_constraints(contract)
    assert (constraint.keyword, constraint.holder) == ("required", "/paths/~1a/get/parameters/0")
    assert "names parameters by letters" in shop.problem(backend_validates=False).reason


@pytest.mark.parametrize(
    ("parameter", "reason"),
    [
        ({"name": "a", "in": "body", **TEXT, "x": 1}, "a parameter in body"),
        ({"name": "a", "in": "queri", **TEXT}, "a parameter in queri"),
        ({"in": "query", **TEXT}, "a parameter without a name"),
        ({"name": "a", "in": "query", "required": "yes", **TEXT}, "required is text"),
        ({"name": "a", "in": "query"}, "the parameter a has no schema"),
        ({"name": "a", "in": "query", "content": {"application/json": {}}},
         "the parameter a has content"),
        ({"name": "a", "in": "query", "required": True, "allowEmptyValue": True, **TEXT},
         "may be empty"),
    ],
    ids=str,
)  # fmt: skip
def test_a_parameter_that_is_refused(shop: Folder, parameter: Any, reason: str) -> None:
    problem = shop.write(parameters(parameter)).problem()
    assert reason in problem.reason
    assert problem.remedy
    assert problem.pointer.startswith("/paths/~1a/get/parameters/0")


def test_a_parameter_twice_is_refused(shop: Folder) -> None:
    twice = {"name": "a", "in": "query", **TEXT}
    assert "is there twice" in shop.write(parameters(twice, twice)).problem().reason


def body(content: Any, *, required: bool = True) -> dict[str, Any]:
    return description(
        {"/a": {"put": operation(requestBody={"required": required, "content": content})}}
    )


JSON_BODY = {"application/json": {"schema": {"type": "object"}}}


def test_a_charset_beside_json_says_nothing(shop: Folder) -> None:
    shop.write(body({"application/json; charset=utf-8": JSON_BODY["application/json"]}))
    made = shop.contract().document["paths"]["/a"]["put"]["requestBody"]
    assert list(made["content"]) == ["application/json"]


@pytest.mark.parametrize(
    ("content", "required"),
    [
        pytest.param(JSON_BODY, False, id="that may be left out"),
        pytest.param({"text/plain": {"schema": {"type": "string"}}}, True, id="of text"),
        pytest.param({"application/xml": {}}, True, id="of XML without a schema"),
    ],
)
def test_a_body_without_a_model_is_the_functions(
    shop: Folder, content: Any, required: bool
) -> None:
    contract = shop.write(body(content, required=required)).contract()
    made = compile_gateway(contract, BINDING)["paths"]["/a"]["put"]
    assert "requestBody" not in made
    assert "x-amazon-apigateway-request-validator" not in made
    assert {item.enforced_by for item in backend_constraints(contract)} <= {"backend"}
    public = public_document(contract)["paths"]["/a"]["put"]["requestBody"]
    assert public["content"].keys() == content.keys()
    assert shop.problem(backend_validates=False).remedy


def test_json_beside_another_media_type_has_its_model(shop: Folder) -> None:
    contract = shop.write(body({**JSON_BODY, "text/plain": {}})).contract()
    made = compile_gateway(contract, BINDING)["paths"]["/a"]["put"]
    assert list(made["requestBody"]["content"]) == ["application/json"]
    assert made["x-amazon-apigateway-request-validator"] == "body"


@pytest.mark.parametrize("kind", ["multipart/form-data", "image/png", "application/octet-stream"])
def test_a_binary_body_is_refused(shop: Folder, kind: str) -> None:
    problem = shop.write(body({kind: {}})).problem()
    assert "would make text" in problem.reason
    assert problem.pointer == f"/paths/~1a/put/requestBody/content/{kind.replace('/', '~1')}"


@pytest.mark.parametrize(
    ("where", "extension", "reason"),
    [
        ("document", {"x-amazon-apigateway-policy": {}}, "which requests are accepted"),
        ("document", {"x-amazon-apigateway-binary-media-types": []}, "binary media types"),
        (
            "operation",
            {"x-amazon-apigateway-integration": {"type": "http", "connectionId": "abc"}},
            "VPC link of somewhere else",
        ),
        ("operation", {"x-amazon-apigateway-integration": {"type": "aws"}}, "calls an AWS service"),
    ],
)
def test_an_extension_that_is_refused(
    shop: Folder, where: str, extension: Any, reason: str
) -> None:
    made = description({"/a": {"get": operation(**(extension if where == "operation" else {}))}})
    problem = shop.write({**made, **(extension if where == "document" else {})}).problem()
    assert reason in problem.reason
    assert "https://docs.aws.amazon.com/apigateway/" in problem.reason
    assert problem.remedy


def test_the_gateways_extensions_are_the_platforms_to_write(shop: Folder) -> None:
    own = {
        "x-amazon-apigateway-integration": {"type": "AWS_PROXY"},
        "x-amazon-apigateway-request-validator": "all",
        "x-amazon-apigateway-auth": {"type": "NONE"},
        "x-audience": "partners",
    }
    found = shop.write(description({"/a": {"get": operation(**own)}})).read()
    assert found.contract is not None
    made = found.contract.document["paths"]["/a"]["get"]
    assert [name for name in made if name.startswith("x-")] == ["x-audience"]
    assert len(texts(found.notes, "documents")) == 3


def test_what_only_documents_is_in_the_public_document_alone(shop: Folder) -> None:
    answers = {
        "200": {
            "description": "ok",
            "headers": {"X-Left": {"$ref": "#/components/headers/Left"}},
            "links": {"next": {"operationId": "order"}},
            "content": {"application/json": {"examples": {"a": {"$ref": "#/x-example"}}}},
        },
        "4XX": {"$ref": "#/components/responses/Bad"},
        "default": {"description": "other"},
    }
    components = {
        "headers": {"Left": {"schema": {"type": "integer"}}},
        "responses": {"Bad": {"description": "bad"}},
    }
    callbacks = {"done": {"{$url}": {"post": operation()}}}
    found = operation(responses=answers, deprecated=True, callbacks=callbacks, tags=["a"])
    made = description({"/a": {"get": found}}, components=components)
    contract = shop.write({**made, "x-example": {"value": 1}}).contract()
    public = public_document(contract)["paths"]["/a"]["get"]
    assert public["responses"]["200"]["headers"]["X-Left"] == {"schema": {"type": "integer"}}
    assert public["responses"]["200"]["content"]["application/json"]["examples"]["a"]["value"] == 1
    assert public["callbacks"] == callbacks
    assert (public["deprecated"], public["tags"]) == (True, ["a"])
    gateway = compile_gateway(contract, BINDING)["paths"]["/a"]["get"]
    assert gateway.keys() == {"operationId", "responses", "x-amazon-apigateway-integration"}
    assert gateway["responses"] == {"200": {"description": "200 response"}}


def test_a_callback_may_lead_to_its_own_operation(shop: Folder) -> None:
    callbacks = {"again": {"{$url}": {"$ref": "#/paths/~1a"}}}
    contract = shop.write(description({"/a": {"get": operation(callbacks=callbacks)}})).contract()
    assert list(contract.operations())


@pytest.mark.parametrize(
    ("paths", "reason"),
    [
        ({}, "it has no operations"),
        ({"/a": []}, "/a is a list"),
        ({"/a": {"get": []}}, "get is a list"),
        ({"/a": {"get": {"parameters": {}}}}, "parameters is an object"),
        ({"/a": {"get": {"responses": {"2000": {}}}}}, "the status 2000"),
        ({"/a": {"$ref": "#/x-item", "get": operation()}}, "get beside $ref"),
        ({"/a": {"trace": operation()}}, "no TRACE"),
        ({"/a": {"GET": operation()}}, "the field GET"),
        ({"/a": {"x-amazon-apigateway-any-method": {}}}, "answers every method"),
        ({"/a": {"put": operation(requestbody={})}}, "the field requestbody"),
        ({"/a": {"put": operation(consumes=["text/plain"])}}, "the field consumes"),
        ({"/a": {"put": operation(requestBody={"require": True})}}, "the field require"),
        ({"/a": {"get": operation(parameters=[{"name": "a", "in": "query", "type": "string"}])}},
         "the field type"),
        ({"/a.{b}": {"get": operation()}}, "not one that API Gateway accepts"),
    ],
    ids=str,
)  # fmt: skip
def test_paths_that_are_refused(shop: Folder, paths: Any, reason: str) -> None:
    shop.write({**description(paths), "x-item": {}})
    assert reason in " ".join(problem.reason for problem in shop.problems())


def test_a_field_of_nobodys_is_told(shop: Folder) -> None:
    found = shop.write(description({"/a": {"get": operation(audience="all")}})).read()
    assert found.contract is not None
    assert "the field audience is left out" in texts(found.notes, "documents")[0]


def test_mistakes_of_several_operations_come_together(shop: Folder) -> None:
    wrong = operation(parameters=[{"name": "a", "in": "query"}])
    shop.write(description({"/a": {"get": wrong}, "/ping": {"get": operation()}}))
    assert [problem.operation for problem in shop.problems()] == ["GET /a", "GET /ping"]


def test_more_resources_than_the_default_quota_are_told(shop: Folder) -> None:
    paths = {f"/a/{n}": {"get": operation()} for n in range(300)}
    found = shop.write(description(paths)).read()
    assert found.contract is not None
    assert "it has 302 resources" in texts(found.notes, "ask")[0]


@pytest.mark.parametrize("media_type", ["", "json", "examples", "a/b/c"])
@pytest.mark.parametrize("backend_validates", [True, False])
def test_a_body_of_no_media_type(shop: Folder, media_type: str, backend_validates: bool) -> None:
    body = {"required": True, "content": {media_type: {"schema": {"type": "string"}}}}
    shop.write(description({"/orders": {"post": operation(requestBody=body)}}))
    problem = shop.problem(backend_validates=backend_validates)
    assert problem.reason == f"a body of {media_type!r}, which is no media type"
    assert "application/json" in problem.remedy
