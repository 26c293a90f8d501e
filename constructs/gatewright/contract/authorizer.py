"""Authorizers that a version declares by name, as far as its contract knows of them.

AWS: "Use API Gateway Lambda authorizers", "x-amazon-apigateway-authorizer object".
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

AskedAs = Literal["token", "request"]

AUTHORIZATION = "Authorization"

# How platform.yaml writes an identity source, and how API Gateway does.
SOURCES: Mapping[str, str] = {
    "header": "method.request.header.",
    "query": "method.request.querystring.",
    "stage": "stageVariables.",
    "context": "context.",
}

# How callers are told to send what an authorizer reads (OpenAPI 3.0.3, Security Scheme Object).
BEARER: Mapping[str, str] = {"type": "http", "scheme": "bearer"}
BASIC: Mapping[str, str] = {"type": "http", "scheme": "basic"}


@dataclass(frozen=True, kw_only=True)
class Authorizer:
    """A Lambda authorizer of an API.

    - ``name``: what operations ask for in their ``security``
    - ``asked_as``: ``token`` hands one header to the function, ``request`` the request
    - ``identity_sources``: ``header.X-Tenant``, ``query.key``, ``stage.x`` or ``context.path``;
      their values are the key of the cache. A ``token`` authorizer has one, a header
    - ``validation``: a regular expression that the header of a ``token`` authorizer matches, or
      the answer is 401 without asking the function
    - ``cache_seconds``: how long API Gateway keeps an answer, 0 to 3600
    - ``scheme``: the Security Scheme Object of the public document
    """

    name: str
    asked_as: AskedAs
    identity_sources: tuple[str, ...]
    cache_seconds: int
    validation: str | None = None
    scheme: Mapping[str, Any] = field(default_factory=dict)

    @property
    def headers(self) -> tuple[str, ...]:
        """The headers among its identity sources."""
        found = (source.partition(".") for source in self.identity_sources)
        return tuple(name for kind, _, name in found if kind == "header")

    @property
    def reads_bearer_tokens(self) -> bool:
        """Whether a 401 names ``Bearer`` as what to send (RFC 6750, section 3)."""
        kind = self.scheme.get("type")
        bearer = kind == "http" and str(self.scheme.get("scheme")).lower() == "bearer"
        return bearer or kind in ("oauth2", "openIdConnect")

    def expressions(self) -> tuple[str, ...]:
        """The identity sources as API Gateway's mapping expressions."""
        found = (source.partition(".") for source in self.identity_sources)
        return tuple(SOURCES[kind] + name for kind, _, name in found)
