"""From a document follows what must be answered to whom."""

from collections.abc import Iterable
from typing import Any

import pytest

from gatewright.checks.contract.calls import NoExampleError, document_calls
from gatewright.checks.contract.cases import Case, Sent, contract_cases, smoke_cases
from tests.unit.checks.documents import document

MARK = "0badcafe"


def _named(cases: Iterable[Case]) -> dict[str, tuple[int, ...]]:
    return {case.name: case.expected for case in cases}


def _of(operation: str) -> dict[str, tuple[int, ...]]:
    cases = contract_cases("parts-v1", document(), MARK)
    return _named(case for case in cases if case.call.operation_id == operation)


def test_an_open_operation_is_only_called() -> None:
    assert _of("hello") == {"GET /: valid credentials": (200,)}


def test_an_operation_with_a_key() -> None:
    assert _of("list_parts") == {
        "GET /parts: no credentials": (403,),
        "GET /parts: an unknown key": (403,),
        "GET /parts: valid credentials": (200,),
    }


def test_an_operation_with_a_user() -> None:
    assert _of("me") == {
        "GET /me: no credentials": (401,),
        "GET /me: a malformed token": (401,),
        "GET /me: an unsigned token": (401,),
        "GET /me: a changed token": (401,),
        "GET /me: valid credentials": (200,),
    }


@pytest.mark.parametrize(
    "scheme",
    [
        {"type": "http", "scheme": "Bearer"},
        {"type": "oauth2", "flows": {}},
        {"type": "openIdConnect", "openIdConnectUrl": "https://login.example"},
    ],
    ids=lambda scheme: scheme["type"],
)
def test_an_authorizer_of_the_api_s_own_that_reads_tokens(scheme: dict[str, Any]) -> None:
    assert _of_hello({"login": ["read:parts"], "api_key": []}, login=scheme) == {
        "GET /: no credentials": (401,),
        "GET /: an unknown key": (403,),
        "GET /: a malformed token": (401,),
        "GET /: an unsigned token": (401,),
        "GET /: valid credentials": (200,),
    }


def test_an_authorizer_that_reads_something_else() -> None:
    scheme = {"type": "apiKey", "in": "header", "name": "X-Partner"}
    assert _of_hello({"partner": [], "api_key": []}, partner=scheme) == {
        "GET /: no credentials": (401, 403),
        "GET /: an unknown key": (403,),
        "GET /: valid credentials": (200,),
    }


def test_an_operation_that_wants_a_signature() -> None:
    assert _of_hello({"iam": []}) == {
        "GET /: no credentials": (403,),
        "GET /: a malformed token": (403,),
        "GET /: valid credentials": (200,),
    }


def _of_hello(security: dict[str, list[str]], **schemes: Any) -> dict[str, tuple[int, ...]]:
    changed = document()
    changed["components"]["securitySchemes"] = schemes
    changed["paths"]["/"]["get"]["security"] = [security]
    cases = contract_cases("parts-v1", changed, MARK)
    return _named(case for case in cases if case.call.operation_id == "hello")


def test_an_operation_with_a_scope_a_header_and_a_body() -> None:
    found = _of("create_part")
    assert found == {
        "POST /parts: no credentials": (401,),
        "POST /parts: a malformed token": (401,),
        "POST /parts: an unsigned token": (401,),
        "POST /parts: a changed token": (401,),
        "POST /parts: a token without the scope": (401,),
        "POST /parts: an identity token where a scope is asked for": (401,),
        "POST /parts: without Idempotency-Key": (400,),
        "POST /parts: a body that is not JSON": (400,),
        "POST /parts: a body of another type": (400,),
        "POST /parts: a body without name": (400,),
        "POST /parts: a body without size": (400,),
        "POST /parts: a body of type text/plain": (415,),
        "POST /parts: valid credentials": (201,),
    }


def test_an_operation_with_a_key_and_a_scope_and_a_query() -> None:
    found = _of("find")
    assert found["GET /find: no credentials"] == (401,)
    assert found["GET /find: an unknown key"] == (403,)
    assert found["GET /find: without q"] == (400,)
    [call] = [c for c in document_calls("p", document(), MARK) if c.operation_id == "find"]
    assert call.path == "find?q=a+b"
    assert call.without_parameter("q").path == "find"


def test_whom_a_key_authorizer_knows_is_not_told() -> None:
    assert _of("partner") == {
        "GET /partner: no credentials": (401, 403),
        "GET /partner: valid credentials": (200,),
    }


def test_created_things_have_a_name_of_their_own() -> None:
    calls = {call.operation_id: call for call in document_calls("p", document(), MARK)}
    assert calls["create_part"].body == {"name": f"bolt-verify-{MARK}", "size": 3}
    for operation in ("get_part", "delete_part"):
        assert calls[operation].resource == f"parts/bolt-verify-{MARK}"
        assert calls[operation].unique


def test_refusals_come_first_and_deletions_last() -> None:
    cases = contract_cases("p", document(), MARK)
    valid = [case.sent is Sent.VALID and case.expected[0] < 300 for case in cases]
    assert valid == sorted(valid)
    methods = [case.call.method for case in cases if case.expected[0] < 300]
    assert methods == ["POST", *["GET"] * 6, "DELETE"]


def test_the_list_is_the_same_each_time() -> None:
    assert contract_cases("p", document(), MARK) == contract_cases("p", document(), MARK)


def test_smoke_changes_nothing_and_needs_no_user() -> None:
    assert _named(smoke_cases("p", document(), MARK)) == {
        "GET /parts: no credentials": (403,),
        "POST /parts: no credentials": (401,),
        "GET /parts/{name}: no credentials": (403,),
        "DELETE /parts/{name}: no credentials": (401,),
        "GET /me: no credentials": (401,),
        "GET /find: no credentials": (401,),
        "GET /partner: no credentials": (401, 403),
        "GET /: valid credentials": (200,),
        "GET /parts: valid credentials": (200,),
        "GET /find: valid credentials": (200,),
        "GET /partner: valid credentials": (200,),
    }


def test_an_undeclared_type_is_not_one_that_is_declared() -> None:
    found = document()
    content = found["paths"]["/parts"]["post"]["requestBody"]["content"]
    content["text/plain"] = {"schema": {"type": "string"}}
    [case] = [c for c in contract_cases("p", found, MARK) if c.expected == (415,)]
    assert case.media_type == "application/x-undeclared"


def test_what_has_no_example_is_named() -> None:
    found = document()
    del found["components"]["schemas"]["Part"]["properties"]["size"]["example"]
    with pytest.raises(NoExampleError, match=r"p POST /parts: give an example .* for size"):
        contract_cases("p", found, MARK)


@pytest.mark.parametrize(
    ("everywhere", "security", "needed"),
    [
        (None, None, {}),
        ([{"api_key": []}], None, {"api_key": ()}),
        ([{"api_key": []}], [], {}),
        (None, [{}], {}),
        (None, [{"api_key": []}, {}], {}),
        (None, [{"cognito": ["a/b"]}, {"api_key": []}], {"cognito": ("a/b",)}),
    ],
)
def test_what_a_caller_must_bring(
    everywhere: object, security: object, needed: dict[str, tuple[str, ...]]
) -> None:
    found = document()
    operation = found["paths"]["/"]["get"]
    del operation["security"]
    operation.update({} if security is None else {"security": security})
    found.update({} if everywhere is None else {"security": everywhere})
    [call] = [c for c in document_calls("p", found, MARK) if c.operation_id == "hello"]
    assert call.security == needed


def test_the_first_choice_or_the_default_stands_for_an_example() -> None:
    found = document()
    properties = found["components"]["schemas"]["Part"]["properties"]
    properties["size"] = {"type": "integer", "enum": [7, 8]}
    properties["name"] = {"type": "string", "default": "nut"}
    [call] = [c for c in document_calls("p", found, MARK) if c.operation_id == "create_part"]
    assert call.body == {"name": f"nut-verify-{MARK}", "size": 7}
