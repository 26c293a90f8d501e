"""Who may call, as SAM writes it for an API and for one event of a function.

AWS SAM: "ApiAuth", "ApiFunctionAuth", "CognitoAuthorizer", "LambdaTokenAuthorizer".
"""

from dataclasses import dataclass
from typing import Any

from gatewright.contract.authorizer import AUTHORIZATION
from gatewright.contract.document import METHODS, JsonObject
from gatewright.contract.imports.functions import FunctionAuthorizer, FunctionAuthorizers
from gatewright.contract.imports.imported import Imported
from gatewright.contract.imports.intrinsics import plain
from gatewright.contract.security import API_KEY, COGNITO, IAM, SECURITY_SCHEMES

_SOURCES = {
    "Headers": "header",
    "QueryStrings": "query",
    "StageVariables": "stage",
    "Context": "context",
}


@dataclass(frozen=True)
class Asked:
    """A Security Requirement Object, empty for nothing; None for what cannot be carried over."""

    asked: JsonObject | None
    reason: str = ""


class ApiAuth:
    """The ``Auth`` of an API. What becomes of it is told to ``made``."""

    def __init__(self, auth: Any, made: Imported) -> None:
        self._functions = FunctionAuthorizers(made)
        self._auth: JsonObject = auth if isinstance(auth, dict) else {}
        found = self._auth.get("Authorizers")
        self._authorizers: JsonObject = found if isinstance(found, dict) else {}

    def default(self) -> Asked:
        """What an operation asks for that says nothing."""
        return self.of({})

    def of(self, event: Any) -> Asked:
        """What an event with this ``Auth`` asks for."""
        event = event if isinstance(event, dict) else {}
        asked: JsonObject = {}
        if event.get("ApiKeyRequired", self._auth.get("ApiKeyRequired")) in (True, "true"):
            asked[API_KEY] = []
        name = event.get("Authorizer", self._auth.get("DefaultAuthorizer"))
        if name in (None, "NONE"):
            return Asked(asked)
        if name == "AWS_IAM":
            return Asked({**asked, IAM: []})
        authorizer = self._authorizers.get(str(name))
        if isinstance(authorizer, dict) and "UserPoolArn" in authorizer:
            scopes = event.get("AuthorizationScopes", authorizer.get("AuthorizationScopes"))
            return Asked({**asked, COGNITO: sorted(map(str, scopes or []))})
        if isinstance(authorizer, dict) and "FunctionArn" in authorizer:
            return Asked({**asked, self._functions.add(_function(str(name), authorizer)): []})
        return Asked(None, f"there is no authorizer {name}: choose who may call, in security")

    def schemes(self, document: JsonObject) -> JsonObject:
        """The definitions of what the operations of ``document`` ask for."""
        used = {
            name
            for item in document["paths"].values()
            for method, operation in item.items()
            if method in METHODS
            for requirement in operation.get("security") or []
            for name in requirement
        }
        known = {**SECURITY_SCHEMES, **self._functions.schemes}
        return {name: dict(known[name]) for name in sorted(used & known.keys())}


def _function(name: str, authorizer: JsonObject) -> FunctionAuthorizer:
    identity = authorizer.get("Identity") or {}
    kind = str(authorizer.get("FunctionPayloadType", "TOKEN")).lower()
    sources = tuple(
        f"{ours}.{value}" for field, ours in _SOURCES.items() for value in identity.get(field) or []
    )
    header = f"header.{identity.get('Header', AUTHORIZATION)}"
    return FunctionAuthorizer(
        name=name,
        kind=kind,
        function=str(plain(authorizer["FunctionArn"], {})),
        sources=sources if kind == "request" else (header,),
        cache_seconds=identity.get("ReauthorizeEvery"),
        validation=identity.get("ValidationExpression"),
    )
