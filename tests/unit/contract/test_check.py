"""The rules that every contract keeps: one case for each message."""

import json
from typing import Any

import pytest

from gatewright.contract import Contract, ContractError, check_contract
from tests.unit.contract.services import Service


def contract(paths: dict[str, Any], **components: Any) -> Contract:
    document = {"openapi": "3.0.3", "paths": paths, "components": components}
    return Contract("goods", "v1", "Goods", json.dumps(document))


def operation(**changes: Any) -> dict[str, Any]:
    return {"operationId": "a", "responses": {"200": {}}, "security": [{}], **changes}


def path_parameter(name: str) -> dict[str, Any]:
    return {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}


def body(media_type: str = "application/json") -> dict[str, Any]:
    return {"required": True, "content": {media_type: {"schema": {"type": "object"}}}}


def problems(paths: dict[str, Any], **components: Any) -> list[Any]:
    with pytest.raises(ContractError) as caught:
        check_contract(contract(paths, **components))
    return list(caught.value.problems)


@pytest.mark.parametrize(
    "security",
    [[{}], [{"api_key": []}], [{"cognito": []}], [{"cognito": ["a/b"]}],
     [{"api_key": [], "cognito": []}]],
    ids=str,
)  # fmt: skip
def test_each_kind_of_access_is_accepted(security: Any) -> None:
    check_contract(contract({"/a": {"get": operation(security=security)}}))


def test_options_need_no_choice_of_access() -> None:
    exempt = operation(security=None)
    del exempt["security"]
    check_contract(contract({"/a": {"options": exempt}}))


@pytest.mark.parametrize(
    ("security", "reason", "remedy"),
    [
        pytest.param(None, "nobody chose who may call it", "security=[{}]", id="absent"),
        pytest.param([], "list of security requirements is empty", "security=[{}]", id="empty"),
        pytest.param([{"api_key": []}, {"cognito": []}], "2 alternative", "two operations",
                     id="alternatives"),
        pytest.param([{}, {"cognito": []}], "2 alternative", "two operations", id="optional"),
        pytest.param([{"cognto": []}], "unknown security scheme cognto", "did you mean 'cognito'?",
                     id="misspelt scheme"),
        pytest.param([{"oauth": []}], "known are api_key, cognito, iam", "write security",
                     id="unknown scheme"),
        pytest.param([{"api_key": ["a"]}], "no scopes", '{"api_key": []}', id="scopes of a key"),
    ],
)  # fmt: skip
def test_access_that_is_refused(security: Any, reason: str, remedy: str) -> None:
    definition = operation(security=security)
    if security is None:
        del definition["security"]
    (problem,) = problems({"/a": {"get": definition}})
    assert problem.operation == "GET /a"
    assert problem.pointer == "/paths/~1a/get/security"
    assert reason in problem.reason
    assert remedy in problem.remedy


@pytest.mark.parametrize(
    "path",
    ["/", "/a", "/a/b.json", "/a-b_c", "/a:b", "/a,b", "/{id}", "/a/{id}/b", "/a/{proxy+}"],
)
def test_a_path_that_is_accepted(path: str) -> None:
    names = [part.strip("{}+") for part in path.split("/") if part.startswith("{")]
    parameters = [path_parameter(name) for name in names]
    check_contract(contract({path: {"get": operation(parameters=parameters)}}))


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        pytest.param("/a/", "ends with /", id="trailing slash"),
        pytest.param("a", "does not begin with /", id="no slash"),
        pytest.param("/a//b", "the segment ''", id="empty segment"),
        pytest.param("/a b", "the segment 'a b'", id="space"),
        pytest.param("/a/.+", "the segment '.+'", id="regular expression"),
        pytest.param("/é", "the segment 'é'", id="not ASCII"),
        pytest.param("/a{id}", "the segment 'a{id}'", id="part of a segment"),
        pytest.param("/{id+}/a", "not the last segment", id="greedy in the middle"),
        pytest.param("/{id}/{id}", "in the path twice", id="parameter twice"),
        pytest.param("/ping", "reserved", id="ping"),
        pytest.param("/sping", "reserved", id="sping"),
    ],
)
def test_a_path_that_is_refused(path: str, reason: str) -> None:
    parameters = [path_parameter("id")] if "{id" in path else []
    (problem,) = problems({path: {"get": operation(parameters=parameters)}})
    assert reason in problem.reason
    assert problem.pointer == "/paths/" + path.replace("/", "~1")


@pytest.mark.parametrize(
    ("one", "two"),
    [
        pytest.param("/f/{a}", "/f/{b}", id="at the end"),
        pytest.param("/f/{a}", "/f/{b}/x", id="on the way"),
        pytest.param("/f/{a}", "/f/{b+}", id="greedy"),
    ],
)
def test_paths_that_differ_only_by_a_name_are_refused(one: str, two: str) -> None:
    paths = {
        one: {"get": operation(parameters=[path_parameter("a")])},
        two: {"get": operation(parameters=[path_parameter("b")], operationId="b")},
    }
    (problem,) = problems(paths)
    assert "differ only by the name of a parameter" in problem.reason


@pytest.mark.parametrize(
    ("path", "method", "changes", "reason", "place"),
    [
        pytest.param("/a/{b}", "get", {}, "has {b} but no such parameter", "", id="undeclared"),
        pytest.param("/a", "get", {"parameters": [path_parameter("b")]},
                     "the parameter b is not in the path", "", id="not in the path"),
        pytest.param("/a", "trace", {}, "no TRACE", "", id="TRACE"),
        pytest.param("/a", "get", {"operationId": None}, "no operation id", "/operationId",
                     id="no operation id"),
        pytest.param("/a", "get", {"operationId": "a b"}, "operation id is 'a b'", "/operationId",
                     id="operation id with a space"),
        pytest.param("/a", "get", {"requestBody": body()}, "a GET with a body", "/requestBody",
                     id="body of a GET"),
        pytest.param("/a", "delete", {"requestBody": body()}, "a DELETE with a body",
                     "/requestBody", id="body of a DELETE"),
        pytest.param("/a", "put", {"requestBody": body("text/plain")}, "a body of text/plain",
                     "/requestBody/content/text~1plain", id="media type"),
        pytest.param("/a", "put",
                     {"requestBody": {"required": True, "content": {"application/json": {}}}},
                     "no schema", "/requestBody/content/application~1json", id="no schema"),
        pytest.param("/a", "put", {"requestBody": {"required": True, "content": {}}},
                     "no media type", "/requestBody", id="no media type"),
        pytest.param("/a", "put", {"requestBody": {**body(), "required": False}},
                     "its body is optional", "/requestBody", id="optional body"),
        pytest.param("/a", "put", {"requestBody": {"content": body()["content"]}},
                     "its body is optional", "/requestBody", id="body that is not said required"),
    ],
)  # fmt: skip
def test_an_operation_that_is_refused(
    path: str, method: str, changes: dict[str, Any], reason: str, place: str
) -> None:
    (problem,) = problems({path: {method: operation(**changes)}})
    assert reason in problem.reason
    assert problem.operation == f"{method.upper()} {path}"
    assert problem.pointer == f"/paths/{path.replace('/', '~1')}/{method}{place}"
    assert problem.remedy


def test_an_operation_id_used_twice_is_refused() -> None:
    (problem,) = problems({"/a": {"get": operation(), "put": operation()}})
    assert "the operation id a is used by GET /a and PUT /a" in problem.reason


def test_the_gateway_s_own_schema_is_not_to_be_taken() -> None:
    (problem,) = problems({"/a": {"get": operation()}}, schemas={"GatewayError": {}})
    assert problem.pointer == "/components/schemas/GatewayError"


def test_all_problems_come_together(service: Service) -> None:
    error = service.write("""
        @app.get("/ping")
        def ping() -> str: ...
        @app.put("/a", security=[{"oauth": []}, {}])
        def put(text: Annotated[str, Body(media_type="text/plain")]) -> str: ...
    """).refusal()
    assert {problem.operation for problem in error.problems} == {"GET /ping", "PUT /a"}
    assert len(error.problems) == 5
    assert str(error).startswith("goods-v1: 5 problems in the contract\n")
    assert "GET /ping (lambda_src/goods/handler.py:" in str(error)
