"""An environment with the API of documents.py: a server, and the AWS that tells of it."""

import base64
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

from tests.unit.checks.answering import Reply, Request, answering
from tests.unit.checks.documents import document
from tests.unit.checks.fakes import FakeCloudFormation, FakeS3, zipped
from tests.unit.checks.test_users import FakeCognito

KEY = "value-of-the-key"
API = "parts-v1"
CONFIGURATION = {"ClientId": "machines", "ClientSecret": "of-the-machine"}
SCOPES = ["parts/read", "parts/write"]


class Cognito(FakeCognito):
    """With a machine client, and tokens that the API takes."""

    @property
    def tokens(self) -> dict[str, str]:  # type: ignore[override]
        return {
            "IdToken": _token({"sub": "user", "use": "id"}),
            "AccessToken": _token({"sub": "user", "scope": ""}),
        }

    def describe_user_pool_client(self, **_fields: Any) -> Any:
        return {"UserPoolClient": {**CONFIGURATION, "AllowedOAuthScopes": SCOPES}}


@dataclass
class Parts:
    """Keeps parts as its document promises; ``overrides`` answer an operation otherwise."""

    names: set[str] = field(default_factory=set)
    overrides: dict[str, Reply] = field(default_factory=dict)
    s3: FakeS3 = field(default_factory=FakeS3)
    cognito: Cognito = field(default_factory=Cognito)
    url: str = ""
    requests: list[Request] = field(default_factory=list)

    def put_artifact(self, files: Mapping[str, str] | None = None, api: Any = None) -> None:
        documents = {f"openapi/{API}.json": json.dumps(api or document())}
        self.s3.objects["artifacts", "p/docs/1"] = zipped({**documents, **(files or {})})

    def client(self, service: str) -> Any:
        identity = {
            "UserPoolId": "pool",
            "UserPoolClientId": "users",
            "MachineClientId": "machines",
            "TokenUrl": f"{self.url}oauth2/token",
        }
        return {
            "s3": self.s3,
            "cognito-idp": self.cognito,
            "apigateway": SimpleNamespace(get_api_key=lambda **_: {"value": KEY}),
            "cloudformation": FakeCloudFormation(
                {
                    "shop-beta-identity": identity,
                    "shop-beta-plans": {"KeyIddemo": "demo=k1"},
                    f"shop-beta-{API}": {"Url": self.url, "RestApiId": "r", "StageName": "live"},
                }
            ),
        }[service]

    def answer(self, request: Request) -> Reply:
        path = request.path.partition("?")[0]
        if f"{request.method} {path}" in self.overrides:
            return self.overrides[f"{request.method} {path}"]
        if path == "/oauth2/token":
            scope = request.body.decode().partition("scope=")[2].replace("%2F", "/")
            return 200, {}, json.dumps({"access_token": _token({"scope": scope})})
        return self._operation(request, path)

    def _operation(self, request: Request, path: str) -> Reply:
        refused = _refused(request, path)
        if refused:
            return refused, {}, json.dumps({"message": "no", "request_id": "r-1"})
        if request.method == "POST":
            return self._create(request)
        if path.startswith("/parts/"):
            name = path.rpartition("/")[2]
            if name not in self.names:
                return 404, {}, "{}"
            if request.method == "DELETE":
                self.names.remove(name)
                return 204, {}, ""
        return 200, {"x-amzn-RequestId": "r-2"}, "{}"

    def _create(self, request: Request) -> Reply:
        if request.headers["content-type"] != "application/json":
            return 415, {}, "{}"
        try:
            part = json.loads(request.body)
            self.names.add({"size": 0, **part}["name"] if "size" in part else part["size"])
        except (ValueError, KeyError, TypeError):
            return 400, {}, "{}"
        return 201, {}, request.body.decode()


def _refused(request: Request, path: str) -> int:
    """401 and 403 for bad credentials, 400 for a missing parameter, 0 for a good request."""
    wanted: tuple[str, ...] = {
        ("GET", "/"): (),
        ("GET", "/parts"): ("key",),
        ("GET", "/me"): ("id",),
        ("GET", "/find"): ("parts/read", "key"),
        ("GET", "/partner"): ("nobody",),
        ("POST", "/parts"): ("parts/write",),
    }.get((request.method, path), ("key",) if request.method == "GET" else ("parts/write",))
    for need in wanted:
        if need == "key" and request.headers.get("x-api-key") != KEY:
            return 403
        if need != "key" and _claims(request).get("scope" if "/" in need else "use") != need:
            return 401
    has_query = path != "/find" or "q=" in request.path
    has_header = request.method != "POST" or "idempotency-key" in request.headers
    return 0 if has_query and has_header else 400


@contextmanager
def parts() -> Iterator[Parts]:
    """The environment, served, with its artifact in S3."""
    found = Parts()
    with answering(found.answer) as server:
        found.url, found.requests = server.url, server.requests
        found.put_artifact()
        yield found


def _token(claims: Mapping[str, str]) -> str:
    """Stands for a signed token: the signature is the payload."""
    payload = base64.urlsafe_b64encode(json.dumps(claims).encode()).rstrip(b"=").decode()
    return f"header.{payload}.{payload}"


def _claims(request: Request) -> dict[str, str]:
    token = request.headers.get("authorization", "").removeprefix("Bearer ")
    header, _, rest = token.partition(".")
    payload, _, signature = rest.partition(".")
    if header != "header" or payload != signature:
        return {}
    claims: dict[str, str] = json.loads(base64.urlsafe_b64decode(payload + "=="))
    return claims
