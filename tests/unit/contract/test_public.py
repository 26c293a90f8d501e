"""The document for people."""

from typing import Any

import pytest
from openapi_spec_validator import OpenAPIV30SpecValidator

from gatewright.contract import public_document
from gatewright.contract.public import ENFORCED_BY
from tests.unit.contract.services import Read

GOODS = """
app.validation_status = 400
class Inner(BaseModel):
    '''Inside.'''
    above: float = Field(gt=0.5)
class Item(BaseModel):
    one: Literal["one"] = Field(examples=["one"])
    maybe: Inner | None = None
    either: int | str | None = None
@app.get("/open", security=[{}])
def hello() -> None: ...
@app.get("/items/<name>", security=[{"cognito": ["goods/read"]}])
def get_item(name: str) -> Item: ...
@app.put("/items/<name>", security=[{"api_key": []}],
         responses={200: {"description": "Put"}, 403: {"description": "Not yours"}})
def put_item(name: str, item: Item) -> Item: ...
"""


@pytest.fixture
def public(read: Read) -> dict[str, Any]:
    return public_document(read(GOODS), server_url="https://goods.example/live")


def test_it_is_valid_openapi(public: dict[str, Any]) -> None:
    assert list(OpenAPIV30SpecValidator(public).iter_errors()) == []


@pytest.mark.parametrize(
    ("path", "method", "statuses"),
    [
        pytest.param("/open", "get", "200 403 429 500 502 504", id="no input"),
        pytest.param("/items/{name}", "get", "200 400 401 403 429 500 502 504", id="token"),
        pytest.param("/items/{name}", "put", "200 400 403 413 415 429 500 502 504", id="body"),
    ],
)
def test_the_gateway_s_answers_are_told(
    public: dict[str, Any], path: str, method: str, statuses: str
) -> None:
    assert " ".join(public["paths"][path][method]["responses"]) == statuses


def test_an_answer_of_the_operation_s_own_is_kept(public: dict[str, Any]) -> None:
    responses = public["paths"]["/items/{name}"]["put"]["responses"]
    assert responses["403"]["description"] == "Not yours"


def test_errors_have_one_shape(public: dict[str, Any]) -> None:
    response = public["paths"]["/open"]["get"]["responses"]["429"]
    reference = response["content"]["application/json"]["schema"]["$ref"]
    assert reference == "#/components/schemas/GatewayError"
    schema = public["components"]["schemas"]["GatewayError"]
    assert schema["required"] == ["message"]
    assert "additionalProperties" not in schema
    assert "Retry-After" in response["headers"]


def test_access_is_told_as_clients_use_it(public: dict[str, Any]) -> None:
    assert public["components"]["securitySchemes"] == {
        "api_key": {"type": "apiKey", "in": "header", "name": "x-api-key"},
        "cognito": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"},
    }
    assert public["paths"]["/open"]["get"]["security"] == [{}]


@pytest.mark.parametrize("url", [None, "https://goods.example/live"])
def test_the_server(read: Read, url: str | None) -> None:
    document = public_document(read(GOODS), server_url=url)
    assert document.get("servers") == ([{"url": url}] if url else None)


def test_who_enforces_what_is_marked(read: Read) -> None:
    document = public_document(
        read("""
        class Item(BaseModel):
            name: str
            share: float = Field(gt=0, le=1, multiple_of=0.5)
        @app.put("/a/<b>", security=[{}])
        def put(b: str, item: Item, n: Annotated[int, Query(ge=1)], c: Annotated[str, Cookie()],
                many: Annotated[list[str], Query(max_length=2)]) -> str: ...
    """)
    )
    parameters = {item["name"]: item for item in document["paths"]["/a/{b}"]["put"]["parameters"]}
    properties = document["components"]["schemas"]["Item"]["properties"]
    marks = {
        "b present": parameters["b"],
        "b": parameters["b"]["schema"],
        "n": parameters["n"]["schema"],
        "c": parameters["c"],
        "many": parameters["many"]["schema"],
        "name": properties["name"],
        "share": properties["share"],
    }
    assert {name: holder.get(ENFORCED_BY) for name, holder in marks.items()} == {
        "b present": {"required": "gateway"},
        "b": None,
        "n": {"minimum": "backend", "type": "backend"},
        "c": {"in": "backend", "required": "backend"},
        "many": {"items": "backend", "maxItems": "backend", "type": "backend"},
        "name": {"type": "gateway"},
        "share": {
            "exclusiveMinimum": "backend",
            "maximum": "gateway",
            "minimum": "gateway",
            "multipleOf": "backend",
            "type": "gateway",
        },
    }
    assert list(OpenAPIV30SpecValidator(document).iter_errors()) == []


def test_one_document_does_not_change_the_next(read: Read) -> None:
    contract = read(GOODS)
    public_document(contract)["components"]["schemas"]["GatewayError"].clear()
    assert public_document(contract)["components"]["schemas"]["GatewayError"]["required"]
