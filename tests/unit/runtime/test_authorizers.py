"""What a service's own authorizers answer. AWS: "Output from an API Gateway Lambda authorizer"."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from gatewright.runtime import Identity, Request, request_authorizer, token_authorizer
from gatewright.runtime import authorizers as module
from gatewright.runtime.authorizer_request import UncachedSourceError
from gatewright.runtime.key_authorization import UnauthorizedError

STAGE = "arn:aws:execute-api:us-east-1:111111111111:abc123/live"
OPERATIONS = [
    {"method": "GET", "pattern": "/notes", "scopes": [], "covers": []},
    {"method": "GET", "pattern": "/notes/?*", "scopes": ["read"], "covers": [2]},
    {"method": "GET", "pattern": "/notes/?*/log", "scopes": ["audit"], "covers": []},
]


@pytest.fixture(autouse=True)
def table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The file that a bundle has beside the module."""
    monkeypatch.setattr(module, "__file__", str(tmp_path / "authorizers.py"))
    module._table.cache_clear()
    file = tmp_path / module.TABLE
    readable = ["header.X-Tenant", "query.key", "context.httpMethod"]
    file.write_text(json.dumps({"operations": OPERATIONS, "readable": readable}))
    yield file
    module._table.cache_clear()


@token_authorizer
def token(header: str) -> Identity | None:
    """Take the scopes for granted that a caller names."""
    if not header:
        return None
    return Identity(principal="kim", scopes=header.split(), context={"n": 1, "yes": True})


def statements(sent: str) -> list[tuple[str, list[str]]]:
    answer = token({"authorizationToken": sent, "methodArn": f"{STAGE}/GET/notes/*"}, None)
    found = answer["policyDocument"]["Statement"]
    return [(s["Effect"], [r.removeprefix(STAGE) for r in s["Resource"]]) for s in found]


def test_the_policy_follows_from_scopes() -> None:
    assert statements("none") == [("Allow", ["/GET/notes"])]
    assert statements("read") == [
        ("Allow", ["/GET/notes", "/GET/notes/?*"]),
        ("Deny", ["/GET/notes/?*/log"]),
    ]
    assert statements("read audit") == [("Allow", ["/*"])]


def test_the_rest_of_the_answer() -> None:
    answer = token({"authorizationToken": "a", "methodArn": f"{STAGE}/GET/notes"}, None)
    assert (answer["principalId"], answer["context"]) == ("kim", {"n": 1, "yes": True})


def test_nobody_is_unauthorized() -> None:
    with pytest.raises(UnauthorizedError, match=r"^Unauthorized$"):
        token({"authorizationToken": "", "methodArn": STAGE}, None)


def test_without_the_table_nobody_is_let_in(table: Path) -> None:
    table.unlink()
    with pytest.raises(FileNotFoundError):
        statements("read")


@pytest.mark.parametrize(
    ("fields", "words"),
    [({"scopes": "read"}, "a list"), ({"context": {"a": []}}, "make JSON")],
)
def test_identities_that_are_none(fields: dict[str, Any], words: str) -> None:
    with pytest.raises(TypeError, match=words):
        Identity(principal="kim", **fields)


EVENT = {
    "methodArn": f"{STAGE}/GET/notes",
    "httpMethod": "GET",
    "path": "/notes",
    "headers": {"x-tenant": "acme", "User-Agent": "x"},
    "queryStringParameters": {"key": "k"},
    "stageVariables": {"color": "blue"},
    "requestContext": {"identity": {"sourceIp": "203.0.113.9"}},
}


def test_a_request_is_read_by_its_identity_sources() -> None:
    @request_authorizer
    def find(request: Request) -> Identity | None:
        found = (request.header("X-Tenant"), request.query("key"), request.context("httpMethod"))
        return Identity(principal=" ".join(found))

    assert find(EVENT, None)["principalId"] == "acme k GET"


def test_a_request_is_answered_by_its_scopes() -> None:
    find = request_authorizer(lambda _request: Identity(principal="kim", scopes=["audit"]))
    [statement] = find(EVENT, None)["policyDocument"]["Statement"]
    assert statement["Effect"] == "Allow"
    assert statement["Resource"] == [f"{STAGE}/GET/notes", f"{STAGE}/GET/notes/?*/log"]


@pytest.mark.parametrize(
    "read",
    [
        lambda request: request.header("User-Agent"),
        lambda request: request.query("Key"),
        lambda request: request.stage_variable("color"),
        lambda request: request.context("path"),
    ],
)
def test_what_the_cache_does_not_go_by_cannot_be_read(table: Path, read: Any) -> None:
    find = request_authorizer(lambda request: Identity(principal=read(request) or "nobody"))
    with pytest.raises(UncachedSourceError, match="Add it to identity_sources, or write cache"):
        find(EVENT, None)
    # Where nothing is kept, everything can.
    table.write_text(json.dumps({"operations": OPERATIONS, "readable": None}))
    module._table.cache_clear()
    assert find(EVENT, None)["principalId"]


def test_parts_of_a_request_that_are_not_there_are_empty() -> None:
    request = Request({"headers": None}, None)
    assert (request.header("a"), request.query("a"), request.stage_variable("a")) == ("", "", "")
    assert request.context("identity.sourceIp") == ""
    assert Request(EVENT, None).context("identity.sourceIp") == "203.0.113.9"
