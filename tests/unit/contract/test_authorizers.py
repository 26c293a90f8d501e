"""What a contract says about the authorizers that its version declares."""

import json
import random
import re
from dataclasses import replace
from itertools import chain, combinations
from typing import Any

import pytest

from gatewright.contract import (
    Authorizer,
    Contract,
    ContractError,
    authorized_operations,
    check_contract,
    compile_gateway,
    contract_problems,
    public_document,
)
from gatewright.contract.authorized_operations import _route
from gatewright.runtime.operation_policy import policy
from tests.unit.contract.services import BINDING

ARN = "arn:aws:execute-api:us-east-1:111111111111:abc123/live"
Operations = dict[str, list[dict[str, list[str]]]]

TOKEN = Authorizer(
    name="token",
    asked_as="token",
    identity_sources=("header.X-Token",),
    cache_seconds=300,
    validation="^a+$",
    scheme={"type": "apiKey", "in": "header", "name": "X-Token"},
)
REQUEST = Authorizer(
    name="request",
    asked_as="request",
    identity_sources=("header.A", "query.b", "stage.c", "context.path"),
    cache_seconds=60,
    scheme={"type": "http", "scheme": "bearer"},
)


def contract(operations: Operations, *authorizers: Authorizer) -> Contract:
    """Of operations by ``GET /path``, with their security."""
    paths: dict[str, Any] = {}
    for number, (name, security) in enumerate(operations.items()):
        method, _, path = name.partition(" ")
        paths.setdefault(path, {})[method.lower()] = {
            "operationId": f"o{number}",
            "security": security,
            "parameters": [
                {"name": n, "in": "path", "required": True, "schema": {"type": "string"}}
                for n in re.findall(r"{(\w+)\+?}", path)
            ],
            "responses": {"200": {"description": "ok"}},
        }
    text = json.dumps({"openapi": "3.0.3", "info": {}, "paths": paths, "components": {}})
    return Contract("goods", "v1", "Goods", text, True, authorizers=authorizers)


def problems(found: Contract) -> str:
    with pytest.raises(ContractError) as caught:
        check_contract(found)
    return str(caught.value)


@pytest.mark.parametrize(
    ("security", "words"),
    [
        ([{"tokn": []}], ["unknown security scheme tokn", "did you mean 'token'?"]),
        ([{"oauth": []}], ["known are api_key, cognito, iam, token", "declare it in authorizers"]),
        ([{"token": [], "cognito": []}], ["asks for cognito and token", "one authorizer"]),
        ([{"token": [], "iam": []}], ["asks for iam and token", "beside api_key"]),
        ([{"iam": ["a"]}, ], ["a signature has no scopes", '{"iam": []}']),
        ([{"api_key": []}], ["authorizer token: no operation asks for it", "remove it"]),
        ([{"token": []}, {"api_key": []}], ["2 alternative security requirements"]),
    ],
    ids=["misspelt", "unknown", "two", "with a signature", "scopes", "unused", "alternatives"],
)  # fmt: skip
def test_security_that_is_refused(security: Any, words: list[str]) -> None:
    told = problems(contract({"GET /a": security}, TOKEN))
    assert all(word in told for word in words), told


def test_a_key_authorizer_leaves_no_room_for_another() -> None:
    found = contract({"GET /a": [{"token": [], "api_key": []}]}, TOKEN)
    assert not compile_gateway(found, bound())["paths"]["/a"]["get"].get("x")
    told = problems(replace(found, api_key_source="AUTHORIZER"))
    assert "asks for api_key and token, but the API's key authorizer finds the key" in told


def bound(**more: Any) -> Any:
    return replace(BINDING, authorizer_uris={"token": "uri:t", "request": "uri:r"}, **more)


def test_an_authorizer_without_a_function_is_refused() -> None:
    with pytest.raises(ContractError, match="the API was given no function for it"):
        compile_gateway(contract({"GET /a": [{"token": []}]}, TOKEN), BINDING)


def test_what_the_gateway_is_told() -> None:
    operations: Operations = {
        "GET /t": [{"token": ["a", "b"], "api_key": []}],
        "GET /r": [{"request": []}],
        "GET /i": [{"iam": []}],
    }
    body = compile_gateway(contract(operations, REQUEST, TOKEN), bound())
    schemes = body["components"]["securitySchemes"]
    assert schemes["token"] == {
        "type": "apiKey",
        "name": "X-Token",
        "in": "header",
        "x-amazon-apigateway-authtype": "custom",
        "x-amazon-apigateway-authorizer": {
            "type": "token",
            "authorizerUri": "uri:t",
            "authorizerResultTtlInSeconds": 300,
            "identityValidationExpression": "^a+$",
        },
    }
    assert schemes["request"]["x-amazon-apigateway-authorizer"] == {
        "type": "request",
        "authorizerUri": "uri:r",
        "authorizerResultTtlInSeconds": 60,
        "identitySource": "method.request.header.A, method.request.querystring.b, "
        "stageVariables.c, context.path",
    }
    assert schemes["iam"] == {
        "type": "apiKey",
        "name": "Authorization",
        "in": "header",
        "x-amazon-apigateway-authtype": "awsSigv4",
    }
    # Scopes are for the function: API Gateway would look for them in a token of Cognito.
    assert body["paths"]["/t"]["get"]["security"] == [{"api_key": [], "token": []}]
    allowed = body["paths"]["/t"]["options"]["x-amazon-apigateway-integration"]["responses"]
    headers = allowed["default"]["responseParameters"]
    assert "X-Token" in headers["method.response.header.Access-Control-Allow-Headers"]
    unauthorized = body["x-amazon-apigateway-gateway-responses"]["UNAUTHORIZED"]
    assert "gatewayresponse.header.WWW-Authenticate" in unauthorized["responseParameters"]


def test_a_policy_of_signers_closes_nothing_else() -> None:
    policy = {
        "Statement": [{"Effect": "Allow", "Principal": {"AWS": ["111111111111"]}}],
    }
    signed = contract({"GET /i": [{"iam": []}]})
    told = compile_gateway(signed, bound(resource_policy=policy, allow_origin=None))
    assert told["x-amazon-apigateway-policy"] == policy
    with pytest.raises(ContractError, match="browsers sign no preflight"):
        compile_gateway(signed, bound(resource_policy=policy))
    with pytest.raises(ContractError, match=r"GET /a.*it asks for no signature"):
        compile_gateway(
            contract({"GET /a": [{}]}), bound(resource_policy=policy, allow_origin=None)
        )


def test_callers_are_told_of_401_where_an_authorizer_answers() -> None:
    operations: Operations = {"GET /t": [{"token": []}], "GET /i": [{"iam": []}], "GET /a": [{}]}
    paths = public_document(contract(operations, TOKEN))["paths"]
    with_401 = {path for path, item in paths.items() if "401" in item["get"]["responses"]}
    assert with_401 == {"/t"}


# A policy for a table of operations, against what API Gateway serves.


def allows(document: dict[str, Any], resource: str) -> bool:
    """AWS: an explicit denial wins; what nothing allows is denied."""

    def matches(pattern: str) -> bool:
        text = re.escape(pattern).replace(r"\*", ".*").replace(r"\?", ".")
        return re.fullmatch(text, f"{ARN}/{resource}") is not None

    effects = {
        statement["Effect"]
        for statement in document["Statement"]
        if any(map(matches, statement["Resource"]))
    }
    return effects == {"Allow"}


SCOPES = ("a", "b", "c")
SUBSETS = list(chain.from_iterable(combinations(SCOPES, n) for n in range(4)))
PATHS = (
    "/", "/x", "/{p}", "/x/{p}", "/x/{p}/y", "/x/{p}/{q}", "/x/y", "/x/y/z", "/x/{p}/y/{q}",
    "/{p}/y",
)  # fmt: skip
VALUES = ("x", "y", "z", "v", "*", "x*", "?")


def requests_of(path: str, chance: random.Random) -> list[str]:
    return [re.sub(r"{\w+}", lambda _found: chance.choice(VALUES), path) for _ in range(12)]


def random_contract(chance: random.Random) -> Contract:
    chosen = chance.sample(PATHS, chance.randint(2, 6))
    operations = {
        f"{method} {path}": [{"token": sorted(chance.choice(SUBSETS))}]
        for path in chosen
        for method in chance.sample(["GET", "PUT"], chance.randint(1, 2))
    }
    return contract(operations, TOKEN)


def wrong_answers(found: Contract, chance: random.Random) -> list[str]:
    """Requests that a policy allows or denies against the scopes of their operation."""
    table = authorized_operations(found, "token")
    operations = list(found.operations())
    routes = [operation.path for operation in operations]
    return [
        f"{operation.method} {request} with {granted}"
        for granted in SUBSETS
        for document in [policy(table, granted, f"{ARN}/GET/x/*")]
        for operation in operations
        for request in requests_of(operation.path, chance)
        if _route(request, routes) == operation.path
        and allows(document, f"{operation.method}{request}")
        != (set(operation.schemes["token"]) <= set(granted))
    ]


def test_one_policy_is_right_for_every_operation() -> None:
    chance = random.Random(1)
    made = [random_contract(chance) for _ in range(150)]
    # What a policy cannot say is told at synthesis, and not found out by callers.
    sound = [found for found in made if not list(contract_problems(found))]
    assert len(sound) > 60
    assert [wrong for found in sound for wrong in wrong_answers(found, chance)] == []


def test_what_no_policy_can_tell_apart_is_refused() -> None:
    operations = {
        "GET /x/{p}": [{"token": ["a"]}],
        "GET /x/{p}/y": [{"token": ["b"]}],
        "GET /x/{p}/{q}/y": [{"token": ["c"]}],
    }
    told = problems(contract(operations, TOKEN))
    assert "GET /x/{p}/y: a policy that allows GET /x/{p}" in told
    assert "ask for the same scopes in them as here (b)" in told


def test_where_all_is_allowed_or_nothing_the_policy_is_short() -> None:
    found = contract({"GET /x": [{"token": ["a"]}], "GET /x/{p}": [{"token": ["b"]}]}, TOKEN)
    table = authorized_operations(found, "token")

    def statements(*granted: str) -> list[tuple[str, list[str]]]:
        made = policy(table, granted, f"{ARN}/GET/x")["Statement"]
        return [(s["Effect"], s["Resource"]) for s in made]

    assert statements("a", "b") == [("Allow", [f"{ARN}/*"])]
    assert statements() == [("Deny", [f"{ARN}/*"])]
    assert policy((), ["a"], ARN)["Statement"][0]["Effect"] == "Deny"
    assert statements("b") == [("Allow", [f"{ARN}/GET/x/?*"])]
