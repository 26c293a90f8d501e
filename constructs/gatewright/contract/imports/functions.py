"""Authorizers that are functions: their names stay, and platform.yaml declares them.

Without the declaration the contract is refused. AWS: "x-amazon-apigateway-authorizer object",
AWS SAM: "LambdaTokenAuthorizer", "LambdaRequestAuthorizer".
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from gatewright.contract.authorizer import AUTHORIZATION, SOURCES
from gatewright.contract.document import JsonObject
from gatewright.contract.imports.imported import Imported
from gatewright.contract.security import API_KEY_HEADER, RESERVED

_AUTHORIZER = "x-amazon-apigateway-authorizer"
_NOT_IN_A_NAME = re.compile(r"[^A-Za-z0-9_-]+")


@dataclass(frozen=True, kw_only=True)
class FunctionAuthorizer:
    """One of them. ``sources`` are identity sources as platform.yaml writes them."""

    name: str
    kind: str
    function: str
    sources: tuple[str, ...]
    cache_seconds: int | None
    validation: str | None


class FunctionAuthorizers:
    """Remembers those that operations ask for. ``schemes`` are theirs, by name."""

    def __init__(self, made: Imported) -> None:
        self._made = made
        self.schemes: dict[str, JsonObject] = {}

    def exported(self, name: str, scheme: Mapping[str, Any]) -> str:
        """Take an exported scheme. Returns the name that operations ask for."""
        found = scheme[_AUTHORIZER]
        kind = str(found["type"]).lower()
        written = str(found.get("identitySource") or "").split(",")
        header = f"header.{scheme.get('name') or AUTHORIZATION}"
        sources = _sources(written) if kind == "request" else (header,)
        return self.add(
            FunctionAuthorizer(
                name=name,
                kind=kind,
                function=str(found.get("authorizerUri", "?")).rpartition(":function:")[2],
                sources=sources,
                cache_seconds=found.get("authorizerResultTtlInSeconds"),
                validation=found.get("identityValidationExpression"),
            )
        )

    def add(self, authorizer: FunctionAuthorizer) -> str:
        """Put it into the contract, and tell what declares it. Returns its name there."""
        name = _name(authorizer.name)
        place, _, sent = (authorizer.sources or (f"header.{AUTHORIZATION}",))[0].partition(".")
        if place not in ("header", "query"):
            place, sent = "header", AUTHORIZATION
        self.schemes[name] = {"type": "apiKey", "in": place, "name": sent}
        if (place, sent.lower()) == ("header", API_KEY_HEADER):
            # Undeclared it would be read as the platform's own keys, which are no tokens.
            self.schemes[name] = {"type": "http", "scheme": name}
        self._made.tell(
            "platform",
            f"authorizers: {{{name}: {{{', '.join(_fields(authorizer))}}}}}",
            f"its function was {authorizer.function.removesuffix('/invocations')}",
        )
        return name


def _fields(authorizer: FunctionAuthorizer) -> Iterable[str]:
    yield f"type: {authorizer.kind}"
    yield "function: <folder>.<module>:<function>"
    if authorizer.kind == "request" and authorizer.sources:
        yield f"identity_sources: [{', '.join(authorizer.sources)}]"
    if authorizer.kind == "token" and authorizer.sources != (f"header.{AUTHORIZATION}",):
        yield f"header: {authorizer.sources[0].partition('.')[2]}"
    if authorizer.validation:
        yield f"validation: '{authorizer.validation}'"
    if authorizer.cache_seconds is not None:
        yield f"cache_seconds: {authorizer.cache_seconds}"
    elif not authorizer.sources:
        yield "cache_seconds: 0"


def _sources(written: Iterable[str]) -> tuple[str, ...]:
    found = []
    for text in map(str.strip, written):
        for ours, theirs in SOURCES.items():
            if text.lower().startswith(theirs.lower()):
                found.append(f"{ours}.{text[len(theirs) :]}")
    return tuple(found)


def _name(found: str) -> str:
    """A name that platform.yaml takes, and that is none of the platform's own."""
    plain = _NOT_IN_A_NAME.sub("-", found).strip("-_")[:36] or "authorizer"
    plain = plain if plain[0].isalpha() else f"a-{plain}"
    return f"{plain}-own" if plain in RESERVED else plain
