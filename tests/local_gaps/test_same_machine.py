"""Web pages of elsewhere use the APIs on the embedded AWS and never manage it.

The Fetch standard, "Origin header" and "CORS protocol": https://fetch.spec.whatwg.org/
Fetch Metadata, "Sec-Fetch-Site": https://www.w3.org/TR/fetch-metadata/
"""

from __future__ import annotations

import base64
import json
import socket
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import httpx
import pytest

from local.same_machine import Caller, refusal
from tests.local_gaps.functions import SAY, zipped
from tests.local_gaps.running import ACCOUNT, Aws, document, mock

EVIL, OWN = "https://evil.example", "http://localhost:3000"
STAGE = "/_aws/execute-api/{api}/live/a"


@dataclass(frozen=True)
class Sent:
    """A request. `{api}` and `{pool}` stand for an API with a stage `live`, and for a user pool."""

    path: str = "/"
    method: str = "GET"
    host: str = ""
    headers: Mapping[str, str] | None = None


def sent(path: str, method: str = "GET", **more: Any) -> Sent:
    return Sent(path, method, **more)


def from_page(path: str, method: str = "GET", origin: str = EVIL, **more: Any) -> Sent:
    return Sent(path, method, headers={"Origin": origin}, **more)


def without_origin(path: str, site: str, **more: Any) -> Sent:
    return Sent(path, headers={"Sec-Fetch-Site": site}, **more)


SERVED: dict[str, Sent] = {
    # programs name no page
    "program": sent("/"),
    "program-by-address": sent("/", host="127.0.0.1"),
    "program-ipv6": sent("/", host="[::1]:4566"),
    "host-case": sent("/", host="LocalHost:1"),
    "bucket-host": sent("/", host="bucket.s3.localhost:4566"),
    # pages of this machine, wherever they are
    "own-page": from_page("/", "POST", OWN),
    "own-page-https": from_page("/", "POST", "https://127.0.0.1:8443"),
    "own-page-ipv6": from_page("/", "POST", "http://[::1]:3000"),
    "own-page-no-port": from_page("/", "POST", "http://localhost"),
    "own-page-other-site": Sent("/", headers={"Origin": OWN, "Sec-Fetch-Site": "cross-site"}),
    "own-preflight": from_page("/", "OPTIONS", OWN),
    "typed-address": without_origin("/", "none"),
    "same-origin": without_origin("/", "same-origin"),
    # the data plane, from any page
    "api": from_page(STAGE),
    "api-post": from_page(STAGE, "POST"),
    "api-opaque-origin": from_page(STAGE, origin="null"),
    "api-link": without_origin(STAGE, "cross-site"),
    "api-legacy-path": from_page("/restapis/{api}/live/_user_request_/a"),
    "api-host": from_page("/live/a", host="{api}.execute-api.localhost:4566"),
    "token": from_page("/oauth2/token", "POST"),
    "token-preflight": from_page("/oauth2/token", "OPTIONS"),
    "authorize": without_origin("/oauth2/authorize", "cross-site"),
    "sign-in": from_page("/login", "POST"),
    "keys": from_page("/{pool}/.well-known/jwks.json"),
    "endpoints": from_page("/{pool}/.well-known/openid-configuration"),
    "health": from_page("/_ministack/health"),
}
REFUSED: dict[str, Sent] = {
    # names that were pointed at this machine
    "rebound-name": sent("/", host="evil.example:4566"),
    "rebound-name-api": sent(STAGE, host="evil.example"),
    "rebound-name-health": sent("/_ministack/health", host="evil.example"),
    "name-with-localhost": sent("/", host="localhost.evil.example"),
    "name-before-localhost": sent("/", host="evil-localhost"),
    "unspecified-address": sent("/", host="0.0.0.0:4566"),
    # pages of elsewhere at the control plane
    "page": from_page("/"),
    "page-post": from_page("/2015-03-31/functions", "POST"),
    "page-preflight": from_page("/2015-03-31/functions", "OPTIONS"),
    "page-opaque-origin": from_page("/", "POST", "null"),
    "page-like-localhost": from_page("/", "POST", "https://localhost.evil.example"),
    "page-with-localhost-user": from_page("/", "POST", "https://localhost@evil.example"),
    "page-of-subdomain": from_page("/", "POST", "http://evil.localhost"),
    "extension": from_page("/", "POST", "chrome-extension://localhost"),
    "picture": without_origin("/?Action=CreateStack", "cross-site"),
    "same-site": without_origin("/", "same-site"),
    "bucket": from_page("/", host="bucket.s3.localhost"),
    "reset": from_page("/_ministack/reset", "POST"),
    # paths that only begin like the data plane, and that ministack serves otherwise
    "api-unfinished": from_page("/_aws/execute-api/x", "POST"),
    "api-host-reset": from_page("/_ministack/reset", "POST", host="{api}.execute-api.localhost"),
    "no-api-host": from_page("/_ministack/config", "POST", host="0badc0de.execute-api.localhost"),
    "token-put": from_page("/oauth2/token", "PUT"),
    "token-below": from_page("/oauth2/token/x", "POST"),
    "token-bucket-host": from_page("/oauth2/token", "POST", host="bucket.localhost"),
    "sign-in-get": without_origin("/login?Action=CreateStack", "cross-site"),
    "keys-of-no-pool": from_page("/x/.well-known/jwks.json?Action=CreateStack"),
    "keys-post": from_page("/{pool}/.well-known/jwks.json", "POST"),
    "health-below": from_page("/_ministack/health/x"),
}  # fmt: skip


@pytest.fixture(scope="module")
def names(aws: Aws) -> dict[str, str]:
    operation = {"get": mock("from the API"), "post": mock("from the API")}
    preflight = mock("", '{"statusCode": 204}', responses={"204": {"description": "none"}})
    integration = preflight["x-amazon-apigateway-integration"]
    integration["responses"]["default"] = {"statusCode": "204"}
    api = aws.import_api(document({"/a": {**operation, "options": preflight}}))
    pool = aws.client("cognito-idp").create_user_pool(PoolName="pages")["UserPool"]["Id"]
    return {"api": api, "pool": pool}


def send(aws: Aws, what: Sent, names: Mapping[str, str]) -> httpx.Response:
    headers = {**(what.headers or {})}
    if what.host:
        headers["Host"] = what.host.format(**names)
    url = aws.endpoint + what.path.format(**names)
    return httpx.request(what.method, url, headers=headers, timeout=30)


def is_refused(response: httpx.Response) -> bool:
    return response.status_code == 403 and "embedded AWS" in response.text


@pytest.mark.parametrize("case", SERVED.values(), ids=SERVED)
def test_served(aws: Aws, names: dict[str, str], case: Sent) -> None:
    response = send(aws, case, names)
    assert not is_refused(response), response.text
    if "live" in case.path:
        assert response.text == "from the API"


@pytest.mark.parametrize("case", REFUSED.values(), ids=REFUSED)
def test_refused(aws: Aws, names: dict[str, str], case: Sent) -> None:
    response = send(aws, case, names)
    assert is_refused(response), f"{response.status_code} {response.text[:200]}"
    assert response.headers["content-type"] == "application/json"
    assert not any(name.startswith("access-control") for name in response.headers)
    assert response.text.count("\n") == 1
    assert "http://localhost" in response.json()["message"]


def test_no_host_is_refused() -> None:
    assert "addressed as ''" in str(refusal(Caller("GET", "/", "", "", "")))


def creation(name: str) -> bytes:
    """A request that creates a function, as a page sends it: text, which needs no preflight."""
    code = base64.b64encode(zipped(SAY)).decode()
    content = {
        "FunctionName": name,
        "Runtime": "python3.11",
        "Role": f"arn:aws:iam::{ACCOUNT}:role/any",
        "Handler": "handler.handler",
        "Code": {"ZipFile": code},
    }
    return json.dumps(content).encode()


def created(aws: Aws, name: str, **headers: str) -> bool:
    aws.http.post(
        f"{aws.endpoint}/2015-03-31/functions",
        content=creation(name),
        headers={"Content-Type": "text/plain", **headers},
    )
    pages = aws.client("lambda").get_paginator("list_functions").paginate()
    return name in [function["FunctionName"] for page in pages for function in page["Functions"]]


def test_a_page_cannot_create_a_function(aws: Aws) -> None:
    assert not created(aws, "attack", Origin=EVIL)
    assert not created(aws, "attack", **{"Sec-Fetch-Site": "cross-site"})
    assert not created(aws, "attack", Host="evil.example:4566")
    assert created(aws, "no-attack")


@pytest.mark.parametrize("origin", [EVIL, "null", OWN])
def test_a_preflight_of_an_api_is_the_api_s(aws: Aws, names: dict[str, str], origin: str) -> None:
    asked = {"Origin": origin, "Access-Control-Request-Method": "POST"}
    response = aws.call(names["api"], "/a", "OPTIONS", headers=asked)
    assert (response.status_code, response.text) == (204, "")
    assert "access-control-allow-origin" not in response.headers


@pytest.mark.parametrize(("origin", "status"), [(OWN, 200), (EVIL, 403)])
def test_signing_in_from_a_page(aws: Aws, names: dict[str, str], origin: str, status: int) -> None:
    """InitiateAuth is a request to `/`, like managing; so it works from a page of this machine."""
    users, pool = aws.client("cognito-idp"), names["pool"]
    client = users.create_user_pool_client(
        UserPoolId=pool, ClientName="page", ExplicitAuthFlows=["ALLOW_USER_PASSWORD_AUTH"]
    )["UserPoolClient"]["ClientId"]
    name = f"user-{status}"
    users.admin_create_user(UserPoolId=pool, Username=name)
    users.admin_set_user_password(
        UserPoolId=pool, Username=name, Password="Secret-12345", Permanent=True
    )
    headers = {
        "Origin": origin,
        "Sec-Fetch-Site": "cross-site",
        "Content-Type": "application/x-amz-json-1.1",
        "X-Amz-Target": "AWSCognitoIdentityProviderService.InitiateAuth",
    }
    body = {
        "AuthFlow": "USER_PASSWORD_AUTH",
        "ClientId": client,
        "AuthParameters": {"USERNAME": name, "PASSWORD": "Secret-12345"},
    }
    response = aws.http.post(f"{aws.endpoint}/", headers=headers, content=json.dumps(body))
    assert response.status_code == status, response.text
    assert ("AuthenticationResult" in response.text) == (status == 200)


def test_a_web_socket_of_a_page_is_refused(aws: Aws) -> None:
    port = int(aws.endpoint.rpartition(":")[2])
    handshake = (
        f"GET / HTTP/1.1\r\nHost: x.iot.us-east-1.localhost:{port}\r\nOrigin: {EVIL}\r\n"
        "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
        "Sec-WebSocket-Protocol: mqtt\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
    )
    answers = []
    for text in (handshake, handshake.replace(f"Origin: {EVIL}\r\n", "")):
        with socket.create_connection(("127.0.0.1", port), timeout=20) as connection:
            connection.sendall(text.encode())
            answers.append(connection.recv(1000).split(b"\r\n")[0])
    assert b" 403" in answers[0]
    assert b" 101" in answers[1]
