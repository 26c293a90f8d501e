"""Authorizers from platform.yaml: what the contract knows of them, and what their functions do."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from gatewright.bundling.bundle import RUNTIME
from gatewright.config import ApiConfig, AuthorizerFields
from gatewright.contract import Authorizer, Contract, authorized_operations
from gatewright.contract.authorizer import AUTHORIZATION, BASIC, BEARER
from gatewright.contract.resource_policy import Rule, resource_policy
from gatewright.runtime.authorizers import TABLE
from gatewright.runtime.variables import (
    ALGORITHMS_VARIABLE,
    AUDIENCE_VARIABLE,
    CLAIMS_VARIABLE,
    CLOCK_SKEW_VARIABLE,
    HEADER_VARIABLE,
    ISSUER_VARIABLE,
)

# What an authorizer of type jwt has unless platform.yaml says otherwise.
JWT_ALGORITHMS = ("RS256", "ES256")
JWT_CLOCK_SKEW_SECONDS = 30
# Three parts of base64url (RFC 7515, section 7.1): what is no token costs no invocation.
JWT_VALIDATION = r"^[Bb]earer [A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$"


def authorizers_of(api: ApiConfig) -> tuple[Authorizer, ...]:
    """The authorizers of a version, in the order of their names."""
    return tuple(_authorizer(name, fields) for name, fields in sorted(api.authorizers.items()))


def operation_table(contract: Contract, authorizer: Authorizer) -> dict[str, bytes]:
    """The file by which an authorizer's function knows the operations, by its name in the zip."""
    content = {
        "operations": [
            {
                "method": operation.method,
                "pattern": operation.pattern,
                "scopes": operation.scopes,
                "covers": operation.covers,
            }
            for operation in authorized_operations(contract, authorizer.name)
        ],
        "readable": authorizer.identity_sources if authorizer.cache_seconds else None,
    }
    return {f"{RUNTIME}/{TABLE}": json.dumps(content, sort_keys=True).encode()}


def jwt_variables(fields: AuthorizerFields) -> dict[str, str]:
    """What the platform's own function is told of the issuer."""
    skew = fields.clock_skew_seconds
    return {
        ISSUER_VARIABLE: str(fields.issuer),
        AUDIENCE_VARIABLE: " ".join(fields.audience),
        ALGORITHMS_VARIABLE: " ".join(fields.algorithms or JWT_ALGORITHMS),
        CLOCK_SKEW_VARIABLE: str(JWT_CLOCK_SKEW_SECONDS if skew is None else skew),
        HEADER_VARIABLE: fields.header or AUTHORIZATION,
        **({CLAIMS_VARIABLE: " ".join(fields.claims)} if fields.claims else {}),
    }


def policy_of(api: ApiConfig) -> Mapping[str, Any] | None:
    """The resource policy of a version, if it has one."""
    if api.resource_policy is None:
        return None
    allow, deny = (
        [Rule(**dict(iter(rule))) for rule in rules]
        for rules in (api.resource_policy.allow, api.resource_policy.deny)
    )
    return resource_policy(allow=allow, deny=deny)


def _authorizer(name: str, fields: AuthorizerFields) -> Authorizer:
    is_request = fields.type == "request" or (fields.type == "jwt" and fields.identity_sources)
    sources = tuple(_sources(fields))
    return Authorizer(
        name=name,
        asked_as="request" if is_request else "token",
        identity_sources=sources,
        cache_seconds=fields.cache_seconds,
        validation=JWT_VALIDATION if fields.type == "jwt" else fields.validation,
        scheme=_scheme(fields, sources),
    )


def _sources(fields: AuthorizerFields) -> Iterator[str]:
    if fields.type != "request":
        yield f"header.{fields.header or AUTHORIZATION}"
    yield from fields.identity_sources


def _scheme(fields: AuthorizerFields, sources: tuple[str, ...]) -> Mapping[str, Any]:
    sent = fields.sent_as or ("bearer" if fields.type == "jwt" else "api_key")
    if sent == "openid":
        url = f"{str(fields.issuer).rstrip('/')}/.well-known/openid-configuration"
        return {"type": "openIdConnect", "openIdConnectUrl": url}
    if sent == "basic":
        return BASIC
    if sent == "bearer":
        return {**BEARER, "bearerFormat": "JWT"} if fields.type == "jwt" else BEARER
    for source in sources:
        kind, _, name = source.partition(".")
        if kind in ("header", "query"):
            return {"type": "apiKey", "in": kind, "name": name}
    return {"type": "apiKey", "in": "header", "name": AUTHORIZATION}
