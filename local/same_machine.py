"""Keeps web pages of elsewhere from managing the embedded AWS, which executes code.

ministack checks no signature and lets every page read its answers, so without this a page in the
user's browser could create a function and run it. A browser names the page that sends a request
(`Origin`: https://www.rfc-editor.org/rfc/rfc6454, `Sec-Fetch-Site`:
https://www.w3.org/TR/fetch-metadata/), while the CDK, the SDKs and curl name none. As `Host` it
sends the name that it looked up, which betrays a name that somebody pointed at this machine.
"""

from __future__ import annotations

import json
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

Scope = dict[str, Any]
App = Callable[[Any, Any, Any], Awaitable[None]]

_HERE = r"(localhost|127\.0\.0\.1|\[::1\])(:\d+)?"
_BARE_HOST = re.compile(_HERE, re.ASCII | re.IGNORECASE)
_HOST = re.compile(rf"{_HERE}|[\w.-]+\.localhost(:\d+)?", re.ASCII | re.IGNORECASE)
_ORIGIN = re.compile(rf"https?://{_HERE}", re.ASCII | re.IGNORECASE)
_ANOTHER_PAGE = ("cross-site", "same-site")

# What a browser may reach on AWS without a signature, whatever page it shows. Methods and paths
# are exact: elsewhere ministack takes the service from the headers, the query or the body.
_HEALTH = ("/_ministack/health", "/_localstack/health", "/health", "/_ministack/ready")
_SIGN_IN = {
    "/login": ("POST",),
    "/logout": ("GET",),
    "/oauth2/authorize": ("GET",),
    "/oauth2/login": ("POST",),
    "/oauth2/token": ("POST",),
    "/oauth2/userInfo": ("GET", "POST"),
    "/oauth2/userinfo": ("GET", "POST"),
}
_DISCOVERY = re.compile(r"/([^/]+)/\.well-known/(jwks\.json|openid-configuration)")


@dataclass(frozen=True)
class Caller:
    """What a request says of where it goes and where it comes from. An absent header is empty."""

    method: str
    path: str
    host: str
    origin: str
    fetch_site: str


def only(app: App) -> App:
    """The ASGI application, behind a 403 for what is not of this machine."""

    async def answer(scope: Scope, receive: Any, send: Any) -> None:
        why = refusal(_caller(scope)) if scope["type"] in ("http", "websocket") else None
        if why is None:
            await app(scope, receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close"})  # not accepted yet, so a 403
        else:
            headers = [(b"content-type", b"application/json")]
            await send({"type": "http.response.start", "status": 403, "headers": headers})
            body = json.dumps({"message": why}).encode() + b"\n"
            await send({"type": "http.response.body", "body": body})

    return answer


def refusal(caller: Caller) -> str | None:
    """Why the request is refused and what to do about it, or None when it is served."""
    if not _HOST.fullmatch(caller.host):
        return (
            f"The embedded AWS was addressed as {caller.host!r}. It answers to localhost, "
            "127.0.0.1, [::1] and *.localhost only, so that no web page reaches it under another "
            "name: use http://localhost with its port"
        )
    is_local_page = _ORIGIN.fullmatch(caller.origin) is not None
    is_page = bool(caller.origin) or caller.fetch_site in _ANOTHER_PAGE
    if not is_page or is_local_page or _is_public(caller):
        return None
    return (
        f"A web page ({caller.origin or caller.fetch_site}) sent {caller.method} {caller.path}. "
        "Pages of elsewhere may call the APIs of the embedded AWS, sign in and ask for its health, "
        "but not manage it, since it executes code: serve the page from http://localhost or "
        "http://127.0.0.1, or send the request from a program"
    )


def _caller(scope: Scope) -> Caller:
    def value(name: bytes) -> str:
        return ", ".join(text.decode("latin-1") for key, text in scope["headers"] if key == name)

    return Caller(
        method=scope.get("method", "GET"),
        path=scope["path"],
        host=value(b"host"),
        origin=value(b"origin"),
        fetch_site=value(b"sec-fetch-site"),
    )


def _is_public(caller: Caller) -> bool:
    """Whether this is the data plane, which is as open here as it is on AWS."""
    if caller.path in _HEALTH:
        return True
    if not _BARE_HOST.fullmatch(caller.host):
        return _is_stage_of_api_host(caller) or _is_of_domain(caller)
    methods = _SIGN_IN.get(caller.path, ())
    if methods and caller.method in (*methods, "OPTIONS"):
        return True
    return _is_discovery(caller) or _api_and_stage(caller) is not None


def _is_discovery(caller: Caller) -> bool:
    """The keys or endpoints of a user pool that exists; else ministack asks other services."""
    found = _DISCOVERY.fullmatch(caller.path)
    if not found or caller.method not in ("GET", "OPTIONS"):
        return False
    from ministack.services import cognito

    pools = cognito._user_pools.all_items()
    return any(pool_id == found[1] for (_account, _region, pool_id), _pool in pools)


def _is_of_domain(caller: Caller) -> bool:
    """A path that a registered domain leads to an API; ministack's own begin with an underscore."""
    from local.gaps.domains.requests import registered

    return not caller.path.startswith("/_") and registered(caller.host) is not None


def _is_stage_of_api_host(caller: Caller) -> bool:
    """`{id}.execute-api.localhost/{stage}/...`; any other path there may be ministack's own."""
    found = _api_and_stage(caller)
    if found is None:
        return False
    from ministack.services import apigateway_v1

    return found[1] in apigateway_v1.stages_for_api(found[0])


def _api_and_stage(caller: Caller) -> tuple[str, str] | None:
    from ministack import app

    parsed = app._parse_execute_api_url(caller.host, caller.path)
    return parsed[:2] if parsed else None
