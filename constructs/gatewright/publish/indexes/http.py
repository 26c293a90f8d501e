"""Asking an index over HTTP, and giving it files. An address may be a `file://` as well."""

from __future__ import annotations

from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from gatewright.publish.errors import PublishError
from gatewright.publish.indexes.index import Address
from gatewright.publish.indexes.refusals import refused, unreachable

if TYPE_CHECKING:
    import httpx

_SECONDS = 60
_NOT_THERE = (404, 410)


def read(address: Address, url: str, accept: str = "*/*") -> bytes | None:
    """What is at ``url``, None where there is nothing. Raises PublishError."""
    if folder := local_folder(url):
        return folder.read_bytes() if folder.is_file() else None
    answer = _request(address, "GET", url, headers={"Accept": accept})
    if answer.status_code in _NOT_THERE:
        return None
    if not answer.is_success:
        raise refused(address, answer.status_code, f"GET {url}")
    content: bytes = answer.content
    return content


def put(address: Address, url: str, content: bytes) -> None:
    """Write ``content`` to ``url``. Raises PublishError."""
    if file := local_folder(url):
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
        except OSError as error:
            raise PublishError(f"{address.kind}: {file}: {error.strerror}") from None
        return
    answer = _request(address, "PUT", url, content=content)
    if not answer.is_success:
        raise refused(address, answer.status_code, f"PUT {url}")


def local_folder(url: str) -> Path | None:
    """The path that a `file://` names, None for another URL."""
    parts = urlsplit(url)
    return Path(unquote(parts.path)) if parts.scheme == "file" else None


def _request(address: Address, method: str, url: str, **others: Any) -> httpx.Response:
    import httpx

    try:
        return _client().request(method, url, auth=_authorization(address), **others)
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise unreachable(address, type(error).__name__) from None


@cache
def _client() -> httpx.Client:
    import httpx

    return httpx.Client(timeout=_SECONDS, follow_redirects=True)


def _authorization(address: Address) -> Any:
    """As httpx takes it: a name and a password, or a function that changes a request."""
    known = address.credentials
    if known and known.token:
        return partial(_with_token, known.token)
    # Without any, a .netrc of whoever runs this must not decide who publishes.
    return (known.username, known.password) if known else _unchanged


def _with_token(token: str, request: httpx.Request) -> httpx.Request:
    request.headers["Authorization"] = f"Bearer {token}"
    return request


def _unchanged(request: httpx.Request) -> httpx.Request:
    return request
