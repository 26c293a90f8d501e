"""The document that API Gateway imports."""

import json
import re
from dataclasses import replace
from typing import Any

import pytest

from gatewright.contract import Contract, ContractError, GatewayBinding, compile_gateway
from tests.unit.contract.services import BINDING, Read

GOODS = """
class Item(BaseModel):
    '''A thing.'''
    model_config = ConfigDict(extra="forbid")
    name: str = Field(description="Its name", examples=["hat"])

@app.get("/", summary="Hello", security=[{}], tags=["open"])
def hello() -> str: ...
@app.get("/items", security=[{"api_key": []}])
def list_items(limit: Annotated[int, Query(ge=1)] = 10,
               trace: Annotated[str, Cookie()] = "") -> list[Item]: ...
@app.get("/items/<name>", security=[{"cognito": []}])
def get_item(name: str) -> Item: ...
@app.put("/items/<name>", security=[{"cognito": ["goods/write"], "api_key": []}])
def put_item(name: str, item: Item,
             key: Annotated[str, Header(alias="X-Request-Name")]) -> Item: ...
@app.post("/items", security=[{"cognito": ["goods/write"]}], responses={201: {"description": "m"}})
def add_item(item: Item) -> Item: ...
"""


def compiled(contract: Contract, **changes: Any) -> dict[str, Any]:
    return compile_gateway(contract, replace(BINDING, **changes))


@pytest.fixture
def gateway(read: Read) -> dict[str, Any]:
    return compiled(read(GOODS))


def test_it_is_a_document_of_the_import(gateway: dict[str, Any]) -> None:
    assert gateway["openapi"] == "3.0.1"
    assert gateway["info"] == {"title": "shop-local-goods-v1", "version": "v1"}
    assert gateway["x-amazon-apigateway-api-key-source"] == "HEADER"
    assert "x-amazon-apigateway-binary-media-types" not in gateway


def test_an_operation_in_full(gateway: dict[str, Any]) -> None:
    assert gateway["paths"]["/items/{name}"]["put"] == {
        "operationId": "put_item",
        "parameters": [
            {"name": "X-Request-Name", "in": "header", "required": True,
             "schema": {"type": "string"}},
            {"name": "name", "in": "path", "required": True, "schema": {"type": "string"}},
        ],
        "requestBody": {
            "required": True,
            "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Item"}}},
        },
        "responses": {
            "200": {"description": "200 response"},
            "422": {"description": "422 response"},
        },
        "security": [{"api_key": [], "cognito": ["goods/write"]}],
        "x-amazon-apigateway-request-validator": "all",
        "x-amazon-apigateway-integration": {
            "type": "aws_proxy",
            "httpMethod": "POST",
            "uri": BINDING.integration_uri,
            "passthroughBehavior": "when_no_match",
            "timeoutInMillis": 29000,
        },
    }  # fmt: skip


@pytest.mark.parametrize(
    ("path", "method", "validator"),
    [
        pytest.param("/", "get", None, id="no input"),
        pytest.param("/items", "get", "parameters", id="optional parameter"),
        pytest.param("/items/{name}", "get", "parameters", id="path"),
        pytest.param("/items", "post", "body", id="body"),
        pytest.param("/items/{name}", "put", "all", id="both"),
    ],
)
def test_whatever_takes_input_is_validated(
    gateway: dict[str, Any], path: str, method: str, validator: str | None
) -> None:
    found = gateway["paths"][path][method].get("x-amazon-apigateway-request-validator")
    assert found == validator
    assert found is None or found in gateway["x-amazon-apigateway-request-validators"]


def test_anonymous_access_has_no_security(gateway: dict[str, Any]) -> None:
    assert "security" not in gateway["paths"]["/"]["get"]


def test_the_authorizer_asks_the_user_pool(gateway: dict[str, Any]) -> None:
    scheme = gateway["components"]["securitySchemes"]["cognito"]
    assert scheme["name"] == "Authorization"
    assert scheme["x-amazon-apigateway-authtype"] == "cognito_user_pools"
    assert scheme["x-amazon-apigateway-authorizer"] == {
        "type": "cognito_user_pools",
        "providerARNs": ["arn:aws:cognito-idp:eu-west-1:1:userpool/p"],
    }


@pytest.mark.parametrize(
    ("security", "schemes"),
    [("[{}]", []), ('[{"api_key": []}]', ["api_key"]), ('[{"cognito": []}]', ["cognito"])],
)
def test_only_the_schemes_in_use_are_made(read: Read, security: str, schemes: list[str]) -> None:
    gateway = compiled(read(f'@app.get("/a", security={security})\ndef a() -> str: ...'))
    assert list(gateway["components"]["securitySchemes"]) == schemes
    responses = gateway["x-amazon-apigateway-gateway-responses"]
    assert ("UNAUTHORIZED" in responses) is ("cognito" in schemes)


def test_cognito_without_a_user_pool_is_refused(read: Read) -> None:
    with pytest.raises(ContractError, match="given no user pool") as caught:
        compiled(read(GOODS), user_pool_arns=())
    assert {problem.operation for problem in caught.value.problems} == {
        "GET /items/{name}", "PUT /items/{name}", "POST /items"
    }  # fmt: skip


def test_a_contract_that_was_not_checked_is_checked(read: Read) -> None:
    text = read(GOODS).text.replace('"security": [{}]', '"x": 1')
    with pytest.raises(ContractError, match="nobody chose"):
        compiled(Contract("goods", "v1", "Goods", text))


def test_nothing_is_imported_that_is_for_people(gateway: dict[str, Any]) -> None:
    text = json.dumps(gateway)
    for word in ("summary", "example", "tags", "title", "hat", "Its name", "A thing"):
        assert f'"{word}"' not in text.replace('"info": {"title"', "")


def test_cookies_are_not_imported(gateway: dict[str, Any]) -> None:
    names = [item["name"] for item in gateway["paths"]["/items"]["get"]["parameters"]]
    assert names == ["limit"]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param("Its name", "The name of it", id="description"),
        pytest.param("A thing.", "An object.", id="docstring"),
        pytest.param('examples=["hat"]', 'examples=["cap"]', id="example"),
        pytest.param('summary="Hello"', 'summary="Hi"', id="summary"),
        pytest.param('tags=["open"]', 'tags=["public"]', id="tag"),
        pytest.param('"description": "m"', '"description": "made"', id="response"),
        pytest.param("Query(ge=1)", "Query(ge=1, le=50)", id="range of a parameter"),
    ],
)
def test_words_alone_do_not_change_it(read: Read, before: str, after: str) -> None:
    assert before in GOODS
    first, second = read(GOODS), read(GOODS.replace(before, after))
    assert first.text != second.text
    assert json.dumps(compiled(first)) == json.dumps(compiled(second))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param('"/items/<name>"', '"/item/<name>"', id="path"),
        pytest.param('[{"api_key": []}]', "[{}]", id="access"),
        pytest.param('["goods/write"]', '["goods/admin"]', id="scope"),
        pytest.param("Field(description", "Field(max_length=9, description", id="model"),
        pytest.param("@app.put", "@app.post", id="method"),
        pytest.param("limit: Annotated[int, Query(ge=1)] = 10", "limit: int", id="parameter"),
        pytest.param('extra="forbid"', 'extra="ignore"', id="additional properties"),
    ],
)
def test_what_the_gateway_does_changes_it(read: Read, before: str, after: str) -> None:
    assert before in GOODS
    first, second = read(GOODS), read(GOODS.replace(before, after))
    assert json.dumps(compiled(first)) != json.dumps(compiled(second))


@pytest.mark.parametrize(
    "change",
    [
        {"title": "other"}, {"integration_uri": "other"}, {"user_pool_arns": ("other",)},
        {"allow_origin": "https://shop.example"}, {"timeout_ms": 5000},
        {"binary_media_types": ("image/png",)},
    ],
    ids=lambda change: next(iter(change)),
)  # fmt: skip
def test_every_part_of_the_binding_is_in_it(read: Read, change: dict[str, Any]) -> None:
    contract = read(GOODS)
    assert compiled(contract, **change) != compiled(contract)


def test_the_order_of_code_changes_nothing(read: Read) -> None:
    model, *routes = re.split(r"(?=^@app)", GOODS, flags=re.MULTILINE)
    backwards = model + "".join(reversed(routes))
    assert json.dumps(compiled(read(GOODS))) == json.dumps(compiled(read(backwards)))


def test_the_uri_is_passed_on_unread(read: Read) -> None:
    class Token:
        """Like a token of the CDK: nothing is known of it."""

    token = Token()
    gateway = compiled(read(GOODS), integration_uri=token)
    assert gateway["paths"]["/"]["get"]["x-amazon-apigateway-integration"]["uri"] is token


def test_responses_have_only_plain_statuses(read: Read) -> None:
    contract = read(GOODS)
    text = contract.text.replace('"201"', '"4XX"').replace('"422"', '"default"')
    gateway = compiled(replace(contract, text=text))
    assert list(gateway["paths"]["/items"]["post"]["responses"]) == []


def render(template: str, message: str) -> Any:
    """As API Gateway does: variables are substituted, and no more."""
    for variable, value in {
        "$context.error.messageString": message,
        "$context.error.validationErrorString": "[string is too short]",
        "$context.requestId": "r-1",
    }.items():
        template = template.replace(variable, value)
    return json.loads(template)


@pytest.mark.parametrize(
    "kind", ["BAD_REQUEST_BODY", "DEFAULT_4XX", "DEFAULT_5XX", "THROTTLED", "UNAUTHORIZED"]
)
@pytest.mark.parametrize("origin", ["*", "https://shop.example"])
def test_the_gateway_s_errors(read: Read, kind: str, origin: str) -> None:
    gateway = compiled(read(GOODS), allow_origin=origin)
    response = gateway["x-amazon-apigateway-gateway-responses"][kind]
    headers = response["responseParameters"]
    assert headers["gatewayresponse.header.Access-Control-Allow-Origin"] == f"'{origin}'"
    assert "statusCode" not in response
    template = response["responseTemplates"]["application/json"]
    for quoted, message in (('"No \\"key\\""', 'No "key"'), (' "x"', "x"), ("null", None)):
        body = render(template, quoted)
        assert (body["message"], body["request_id"]) == (message, "r-1")


@pytest.mark.parametrize(
    ("kind", "header", "value"),
    [("THROTTLED", "Retry-After", "'1'"), ("UNAUTHORIZED", "WWW-Authenticate", "'Bearer'")],
)
def test_headers_of_one_kind(gateway: dict[str, Any], kind: str, header: str, value: str) -> None:
    for name, response in gateway["x-amazon-apigateway-gateway-responses"].items():
        found = response["responseParameters"].get(f"gatewayresponse.header.{header}")
        assert found == (value if name == kind else None)


def preflight(gateway: dict[str, Any], path: str) -> tuple[dict[str, Any], dict[str, str]]:
    method = gateway["paths"][path]["options"]
    integration = method["x-amazon-apigateway-integration"]
    given = integration["responses"]["default"]["responseParameters"]
    headers = {name.removeprefix("method.response.header."): v for name, v in given.items()}
    assert set(method["responses"]["204"]["headers"]) == set(headers)
    return integration, headers


@pytest.mark.parametrize(
    ("path", "methods"),
    [("/", "'GET,OPTIONS'"), ("/items", "'GET,OPTIONS,POST'")],
)
def test_a_preflight_lists_the_methods_of_its_path(
    gateway: dict[str, Any], path: str, methods: str
) -> None:
    integration, headers = preflight(gateway, path)
    assert headers["Access-Control-Allow-Methods"] == methods
    assert integration["type"] == "mock"
    assert "security" not in gateway["paths"][path]["options"]
    for media_type in ("application/json", "text/plain"):
        assert json.loads(integration["requestTemplates"][media_type]) == {"statusCode": 204}


def test_a_preflight_allows_declared_headers(gateway: dict[str, Any]) -> None:
    _, here = preflight(gateway, "/items/{name}")
    _, elsewhere = preflight(gateway, "/items")
    assert "X-Request-Name" in here["Access-Control-Allow-Headers"]
    assert "x-request-name" not in elsewhere["Access-Control-Allow-Headers"]


@pytest.mark.parametrize("origin", ["*", "https://shop.example"])
def test_a_preflight_names_the_origin(read: Read, origin: str) -> None:
    _, headers = preflight(compiled(read(GOODS), allow_origin=origin), "/")
    assert headers["Access-Control-Allow-Origin"] == f"'{origin}'"


def test_without_an_origin_there_is_nothing_for_browsers(read: Read) -> None:
    gateway = compiled(read(GOODS), allow_origin=None)
    assert all("options" not in item for item in gateway["paths"].values())
    assert "Access-Control" not in json.dumps(gateway)


def test_a_preflight_is_text_beside_binary_types(read: Read) -> None:
    gateway = compiled(read(GOODS), binary_media_types=("*/*", "image/png"))
    assert gateway["x-amazon-apigateway-binary-media-types"] == ["*/*", "image/png"]
    assert preflight(gateway, "/")[0]["contentHandling"] == "CONVERT_TO_TEXT"


def test_a_service_s_own_options_are_kept(read: Read) -> None:
    code = '@app.route("/a", "OPTIONS")\ndef a() -> str: ...'
    options = compiled(read(code))["paths"]["/a"]["options"]
    assert options["x-amazon-apigateway-integration"]["type"] == "aws_proxy"


def test_the_binding_is_frozen() -> None:
    with pytest.raises(AttributeError):
        BINDING.title = "other"  # type: ignore[misc]
    assert hash(GatewayBinding("t", "u", ("a",), "*"))
