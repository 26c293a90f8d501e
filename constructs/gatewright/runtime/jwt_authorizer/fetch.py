"""Reads a JSON object of the issuer."""

import json
from typing import Any
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from gatewright.runtime.jwt_authorizer.errors import IssuerError

# An authorizer is waited for, and it may need two documents.
TIMEOUT_SECONDS = 3
# The largest sets of keys in use have some ten kilobytes.
MOST_BYTES = 256 * 1024
_ON_THIS_MACHINE = ("127.0.0.1", "localhost")


class _NoRedirects(HTTPRedirectHandler):
    def redirect_request(self, *_arguments: Any) -> None:
        """To another host, or to plain http: none of what OpenID Connect Discovery has."""


def fetch_json(url: str) -> dict[str, Any]:
    """The JSON object at ``url``: https, or http on this machine. Raises IssuerError."""
    parts = urlsplit(url)
    if parts.scheme != "https" and not (
        parts.scheme == "http" and parts.hostname in _ON_THIS_MACHINE
    ):
        raise IssuerError(f"{url} is not https")
    request = Request(url, headers={"Accept": "application/json"})  # noqa: S310 - checked above
    try:
        with build_opener(_NoRedirects).open(request, timeout=TIMEOUT_SECONDS) as response:
            content = response.read(MOST_BYTES + 1)
    # URLError and what else a connection raises, a time-out among it, are OSErrors.
    except (OSError, URLError, ValueError) as error:
        raise IssuerError(f"{url} could not be read: {error}") from error
    if len(content) > MOST_BYTES:
        raise IssuerError(f"{url} has more than {MOST_BYTES} bytes")
    try:
        found = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise IssuerError(f"{url} is no JSON") from error
    if not isinstance(found, dict):
        raise IssuerError(f"{url} is no JSON object")
    return found
