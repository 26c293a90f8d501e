"""Who may call, as SAM writes it for an API and for one event of a function.

AWS SAM: "ApiAuth", "ApiFunctionAuth", "CognitoAuthorizer", "LambdaTokenAuthorizer".
"""

from dataclasses import dataclass
from typing import Any

from gatewright.contract.document import METHODS, JsonObject
from gatewright.contract.security import API_KEY, COGNITO, SECURITY_SCHEMES


@dataclass(frozen=True)
class Asked:
    """A Security Requirement Object, empty for nothing; None for what cannot be carried over."""

    asked: JsonObject | None
    reason: str = ""


class ApiAuth:
    """The ``Auth`` of an API."""

    def __init__(self, auth: Any) -> None:
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
            return Asked(
                None, "callers sign their requests (IAM): choose who may call, in security"
            )
        authorizer = self._authorizers.get(str(name))
        if isinstance(authorizer, dict) and "UserPoolArn" in authorizer:
            scopes = event.get("AuthorizationScopes", authorizer.get("AuthorizationScopes"))
            return Asked({**asked, COGNITO: sorted(map(str, scopes or []))})
        reason = f"the authorizer {name} is a function: choose who may call, in security"
        return Asked(None, reason)

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
        return {name: dict(SECURITY_SCHEMES[name]) for name in sorted(used)}
