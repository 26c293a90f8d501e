"""What a service's own check gets: its API, to be called by operation."""

import json
import re
from collections.abc import Mapping
from typing import Any, Literal
from urllib.parse import quote, urlencode

from gatewright.checks.contract.calls import JsonObject, requirement
from gatewright.checks.credentials import Credentials
from gatewright.checks.http import Answer, Http

_METHODS = ("get", "head", "post", "put", "patch", "delete")


class Api:
    """One deployed API. ``name`` is like ``foods-v1``.

    ``mark`` is eight letters and digits that no other run has: a check makes names with it, and
    removes what it made.
    """

    def __init__(
        self,
        name: str,
        url: str,
        document: JsonObject,
        credentials: Credentials,
        http: Http,
        mark: str,
    ) -> None:
        self.name = name
        self.mark = mark
        self._url = url
        self._document = document
        self._credentials = credentials
        self._http = http
        self._operations = {
            operation["operationId"]: (method.upper(), path, operation)
            for path, item in document["paths"].items()
            for method, operation in item.items()
            if method in _METHODS and "operationId" in operation
        }

    def call(
        self,
        operation_id: str,
        *,
        path: Mapping[str, str] | None = None,
        query: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        body: Any = None,
        credentials: Literal["valid", "none"] = "valid",
    ) -> Answer:
        """Call an operation, and return whatever is answered.

        ``path`` and ``query`` are parameters by name, ``body`` is sent as JSON. ``credentials`` are
        those that the operation asks for, or none. Raises ValueError for an operation or a path
        parameter that is not in the contract, NoCredentialsError where the suite has none that the
        operation asks for (the check is skipped), and urllib3's HTTPError without an answer.
        """
        if operation_id not in self._operations:
            known = ", ".join(self._operations)
            raise ValueError(f"{self.name} has no operation {operation_id}; known are {known}")
        method, route, operation = self._operations[operation_id]
        sent = dict(headers or {})
        if credentials == "valid":
            security = requirement(self._document, operation)
            sent = {**self._credentials.headers(security), **sent}
        if body is not None:
            sent.setdefault("Content-Type", "application/json")
        url = self._url + _filled(route, path or {})
        return self._http.send(
            method,
            url + (f"?{urlencode(query)}" if query else ""),
            sent,
            None if body is None else json.dumps(body).encode(),
        )

    @property
    def secret_values(self) -> list[str]:
        """What no message may show."""
        return self._credentials.secret_values


def _filled(route: str, values: Mapping[str, str]) -> str:
    names = re.findall(r"{(\w+)\+?}", route)
    if set(names) != set(values):
        raise ValueError(f"{route} has the path parameters {names}, and got {list(values)}")
    return re.sub(r"{(\w+)\+?}", lambda m: quote(values[m[1]], safe=""), route).lstrip("/")
