"""The outside service over HTTP."""

import json
import time
from collections.abc import Callable, Mapping
from typing import Any

import urllib3

from gatewright.checks.http import Answer, Http
from gatewright.checks.third_party.result import (
    OutageError,
    RefusedError,
    Result,
    read_result,
)
from gatewright.checks.third_party.settings import Settings
from gatewright.checks.third_party.signature import signed_headers

_TRIES = 4
_SHOWN = 300
# Answers of a service that may do what it is asked a little later (RFC 9110; RFC 6585).
_LATER = (408, 425, 429)


class Service:
    """Starts runs and asks for their state, each call signed with ``secret``."""

    def __init__(
        self,
        settings: Settings,
        secret: str,
        http: Http,
        *,
        sleep: Callable[[float], None] = time.sleep,
        now: Callable[[], float] = time.time,
    ) -> None:
        self._settings = settings
        self._secret = secret
        self._http = http
        self._sleep = sleep
        self._now = now

    def start(self, request: Mapping[str, Any]) -> Result | str:
        """Start a run, and return its result, or the URL to ask for it; empty where there is none.

        Raises OutageError and RefusedError.
        """
        answer = self._call("POST", self._settings.url, json.dumps(request).encode())
        if answer.status != 202:
            result = read_result(answer.json)
            if result.state == "running":
                raise OutageError(
                    f"a run that goes on is answered with 202, and not {answer.status}"
                )
            return result
        found = answer.json if isinstance(answer.json, dict) else {}
        status_url = found.get("status_url") or ""
        if not isinstance(status_url, str) or (self._settings.mode == "poll" and not status_url):
            raise OutageError('its answer 202 has no "status_url"')
        if status_url and not self._settings.same_origin(status_url):
            raise RefusedError(f"its status_url is not at {self._settings.host}, and is not called")
        return status_url

    def state(self, status_url: str) -> Result:
        """Ask for the state of a run. Raises OutageError and RefusedError."""
        return read_result(self._call("GET", status_url, b"").json)

    def _call(self, method: str, url: str, body: bytes) -> Answer:
        for attempt in range(_TRIES):
            try:
                return self._once(method, url, body)
            except OutageError:
                if attempt == _TRIES - 1:
                    raise
            self._sleep(2.0**attempt)
        raise AssertionError("unreachable")  # the last try returns or raises

    def _once(self, method: str, url: str, body: bytes) -> Answer:
        headers = signed_headers(self._secret, self._now(), body)
        if body:
            headers["Content-Type"] = "application/json"
        try:
            answer = self._http.once(method, url, headers, body or None)
        except urllib3.exceptions.HTTPError as error:
            raise OutageError(_reason(error)) from None
        if answer.status >= 500 or answer.status in _LATER:
            raise OutageError(f"{answer.status} {answer.text[:_SHOWN]}")
        if answer.status >= 400:
            raise RefusedError(f"{answer.status} {answer.text[:_SHOWN]}")
        if answer.status >= 300:
            raise OutageError(f"{answer.status}: a redirect is not followed")
        return answer


def _reason(error: urllib3.exceptions.HTTPError) -> str:
    if isinstance(error, urllib3.exceptions.TimeoutError):
        return "it took too long"
    return f"{type(error).__name__}: {error}"
