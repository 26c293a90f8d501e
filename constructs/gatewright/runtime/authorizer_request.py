"""The request that an authorizer is asked about, as far as its answer may depend on it."""

from collections.abc import Collection, Mapping
from typing import Any


class UncachedSourceError(LookupError):
    """An answer would depend on what API Gateway's cache does not go by."""

    def __init__(self, source: str) -> None:
        super().__init__(
            f"{source} is no identity source of this authorizer, and its answers are cached: one "
            f"made with it would be used for requests with another {source}. Add it to "
            "identity_sources, or write cache_seconds: 0"
        )


class Request:
    """Reads headers, query parameters, stage variables and the context of a request.

    Names of headers are the same in any case (RFC 9110). What is not there is an empty text.
    Where API Gateway keeps answers, it goes by the identity sources alone, so that reading anything
    else raises UncachedSourceError. AWS: "Enable caching for a Lambda authorizer".
    """

    def __init__(self, event: Mapping[str, Any], readable: Collection[str] | None) -> None:
        self._event = event
        self._readable = readable

    def header(self, name: str) -> str:
        """A header, such as ``X-Tenant``."""
        self._check(f"header.{name}")
        headers = self._event.get("headers") or {}
        found = {key.lower(): value for key, value in headers.items()}
        return str(found.get(name.lower()) or "")

    def query(self, name: str) -> str:
        """A query parameter."""
        self._check(f"query.{name}")
        return str((self._event.get("queryStringParameters") or {}).get(name) or "")

    def stage_variable(self, name: str) -> str:
        """A variable of the stage."""
        self._check(f"stage.{name}")
        return str((self._event.get("stageVariables") or {}).get(name) or "")

    def context(self, name: str) -> str:
        """A value of the request's context: ``httpMethod``, ``path``, ``identity.sourceIp``."""
        self._check(f"context.{name}")
        value: Any = self._event.get("requestContext") or {}
        for part in name.split("."):
            value = value.get(part) if isinstance(value, Mapping) else None
        if value is None and name in ("path", "httpMethod"):
            value = self._event.get(name)
        return str(value or "")

    def _check(self, source: str) -> None:
        if self._readable is not None and canonical(source) not in self._readable:
            raise UncachedSourceError(source)


def canonical(source: str) -> str:
    """An identity source to compare: only names of headers are the same in any case."""
    return source.lower() if source.startswith("header.") else source
