"""What may be cached, by which keys, and what would give one caller another's answer."""

from dataclasses import replace
from typing import Any

import pytest

from gatewright.contract import CachedOperation, Contract, ContractError, compile_gateway
from tests.unit.contract.services import BINDING, Read

GOODS = """
@app.get("/items", security=[{}])
def list_items(limit: int = 10, region: Annotated[str, Header(alias="X-Region")] = "") -> list[str]:
    return []
@app.get("/items/<name>", security=[{"api_key": []}])
def get_item(name: str, lang: str = "en") -> str: ...
@app.get("/mine", security=[{"cognito": []}])
def mine() -> str: ...
@app.get("/both", security=[{"api_key": [], "cognito": []}])
def both() -> str: ...
@app.put("/items/<name>", security=[{"api_key": []}])
def put_item(name: str) -> str: ...
"""


@pytest.fixture
def goods(read: Read) -> Contract:
    return read(GOODS)


def integration(contract: Contract, operation: str, how: CachedOperation) -> dict[str, Any]:
    found = compile_gateway(contract, replace(BINDING, cached={operation: how}))
    [made] = [
        item
        for path in found["paths"].values()
        for item in path.values()
        if item.get("operationId") == operation
    ]
    return {
        "keys": made["x-amazon-apigateway-integration"]["cacheKeyParameters"],
        "namespace": made["x-amazon-apigateway-integration"]["cacheNamespace"],
        "parameters": [f"{item['in']}.{item['name']}" for item in made.get("parameters", [])],
    }


def test_every_declared_parameter_is_a_key_by_default(goods: Contract) -> None:
    assert integration(goods, "list_items", CachedOperation()) == {
        "keys": ["method.request.header.X-Region", "method.request.querystring.limit"],
        "namespace": "list_items",
        "parameters": ["header.X-Region", "query.limit"],
    }


def test_parameters_of_the_path_are_keys_whatever_is_named(goods: Contract) -> None:
    how = CachedOperation(keys=(), shared=True)
    assert integration(goods, "get_item", how)["keys"] == ["method.request.path.name"]


@pytest.mark.parametrize(
    ("operation", "keys"),
    [
        ("get_item", ("header.x-api-key",)),
        ("mine", ("header.Authorization",)),
        ("both", ("header.Authorization", "header.x-api-key")),
    ],
)
def test_a_credential_that_is_a_key_is_declared(
    goods: Contract, operation: str, keys: tuple[str, ...]
) -> None:
    found = integration(goods, operation, CachedOperation(keys=keys))
    assert {f"method.request.{key}" for key in keys} <= set(found["keys"])
    assert set(keys) <= set(found["parameters"])


def test_what_is_not_cached_stays_as_it_is(goods: Contract) -> None:
    assert compile_gateway(goods, replace(BINDING, cached={})) == compile_gateway(goods, BINDING)


REFUSED = {
    "a key": ("get_item", CachedOperation(), "add header.x-api-key to the keys"),
    "a token": ("mine", CachedOperation(keys=()), "add header.Authorization to the keys"),
    "one of two": (
        "both",
        CachedOperation(keys=("header.x-api-key",)),
        "add header.Authorization to the keys",
    ),
    "a method that writes": ("put_item", CachedOperation(shared=True), "GET and HEAD"),
    "an unknown key": (
        "list_items",
        CachedOperation(keys=("query.limt",)),
        "did you mean 'limit'?",
    ),
    "a credential that is not asked for": (
        "list_items",
        CachedOperation(keys=("header.Authorization",)),
        "declare it",
    ),
}


@pytest.mark.parametrize(("operation", "how", "remedy"), REFUSED.values(), ids=REFUSED)
def test_what_is_refused_says_what_to_do(
    goods: Contract, operation: str, how: CachedOperation, remedy: str
) -> None:
    with pytest.raises(ContractError) as caught:
        integration(goods, operation, how)
    [problem] = caught.value.problems
    assert remedy in problem.remedy
    assert problem.source.startswith("lambda_src/goods/handler.py:")


def test_callers_may_share_where_that_is_written_down(goods: Contract) -> None:
    assert integration(goods, "mine", CachedOperation(shared=True))["keys"] == []
