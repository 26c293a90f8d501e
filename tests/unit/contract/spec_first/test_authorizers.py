"""Security schemes of a file that are authorizers of its version."""

from dataclasses import replace

import pytest

from gatewright.contract import Authorizer, public_document
from tests.unit.contract.spec_first.descriptions import Folder, JsonObject, description, operation

LOGIN = Authorizer(
    name="login",
    asked_as="token",
    identity_sources=("header.Authorization",),
    cache_seconds=300,
    scheme={"type": "http", "scheme": "bearer", "bearerFormat": "JWT"},
)
OAUTH = {
    "type": "oauth2",
    "flows": {
        "clientCredentials": {"tokenUrl": "https://login.example/token", "scopes": {"read:a": "a"}}
    },
}
SIGNATURE = {
    "type": "apiKey",
    "in": "header",
    "name": "Authorization",
    "x-amazon-apigateway-authtype": "awsSigv4",
}


def asking(security: list[JsonObject], **schemes: JsonObject) -> JsonObject:
    paths = {"/orders": {"get": operation(security=security)}}
    return description(paths, components={"securitySchemes": schemes})


def test_a_scheme_of_the_name_of_an_authorizer_is_that_authorizer(shop: Folder) -> None:
    shop.write(asking([{"login": ["read:a"]}], login=OAUTH))
    contract = shop.contract(authorizers=(LOGIN,))
    [found] = contract.operations()
    assert found.schemes == {"login": ["read:a"]}
    # Callers are told what the file says.
    assert public_document(contract)["components"]["securitySchemes"] == {"login": OAUTH}


def test_another_scheme_stays_what_its_kind_says(shop: Folder) -> None:
    shop.write(asking([{"other": ["read"], "key": []}], other=OAUTH, key=KEY))
    problem = shop.problem(authorizers=(LOGIN,))
    assert (problem.operation, problem.reason) == ("authorizer login", "no operation asks for it")
    [found] = shop.contract().operations()
    assert found.schemes == {"cognito": ["shop/read"], "api_key": []}


KEY = {"type": "apiKey", "in": "header", "name": "x-api-key"}


def test_a_signature_is_iam(shop: Folder) -> None:
    shop.write(asking([{"aws": []}], aws=SIGNATURE))
    contract = shop.contract()
    assert [o.schemes for o in contract.operations()] == [{"iam": []}]
    assert public_document(contract)["components"]["securitySchemes"] == {"iam": SIGNATURE}


@pytest.mark.parametrize("name", ["Authorization", "authorization"])
def test_a_header_is_the_one_that_is_read(shop: Folder, name: str) -> None:
    shop.write(asking([{"login": []}], login={"type": "apiKey", "in": "header", "name": name}))
    assert shop.contract(authorizers=(LOGIN,))


def test_a_header_that_nobody_reads_is_refused(shop: Folder) -> None:
    sent = {"type": "apiKey", "in": "header", "name": "X-Token"}
    shop.write(asking([{"login": []}], login=sent))
    told = [str(problem) for problem in shop.problems(authorizers=(LOGIN,))]
    assert "the header X-Token, which the authorizer login does not read" in told[0]
    assert "write header: X-Token at the authorizer" in told[0]
    read = replace(LOGIN, identity_sources=("header.X-Token",))
    assert shop.contract(authorizers=(read,))


def test_two_authorizers_of_one_method_are_refused(shop: Folder) -> None:
    shop.write(asking([{"login": [], "aws": []}], login=OAUTH, aws=SIGNATURE))
    problem = shop.problem(authorizers=(LOGIN,))
    assert problem.reason == "it asks for iam and login, and a method has one authorizer"


def test_a_scheme_that_the_platform_has_not_can_be_declared(shop: Folder) -> None:
    shop.write(asking([{"digest": []}], digest={"type": "http", "scheme": "digest"}))
    told = [problem.remedy for problem in shop.problems()]
    assert any("declare an authorizer of its name" in remedy for remedy in told)
    assert shop.contract(authorizers=(replace(LOGIN, name="digest"),))


def test_swagger_tells_of_the_authorizer_s_own_scheme(shop: Folder) -> None:
    shop.write(
        {
            "swagger": "2.0",
            "info": {"title": "Shop", "version": "1"},
            "securityDefinitions": {"login": {"type": "basic"}},
            "paths": {"/orders": {"get": operation(security=[{"login": []}])}},
        }
    )
    contract = shop.contract(authorizers=(LOGIN,))
    schemes = public_document(contract)["components"]["securitySchemes"]
    assert schemes == {"login": LOGIN.scheme}
