"""The security schemes of an API Gateway document as those that a contract file may have.

AWS: "x-amazon-apigateway-authorizer object", "x-amazon-apigateway-authtype property".
"""

from collections.abc import Mapping
from typing import Any

from gatewright.contract.document import JsonObject
from gatewright.contract.imports.functions import FunctionAuthorizers
from gatewright.contract.imports.imported import Imported
from gatewright.contract.security import (
    API_KEY,
    API_KEY_HEADER,
    AUTHTYPE,
    COGNITO,
    IAM,
    SECURITY_SCHEMES,
    SIGV4,
)

_AUTHORIZER = "x-amazon-apigateway-authorizer"
_FUNCTION = "function"
_BEARER_OF_SWAGGER: JsonObject = {
    "type": "oauth2",
    "flow": "application",
    "tokenUrl": "/oauth2/token",
    "scopes": {},
}


class Schemes:
    """Reads them. ``swagger`` says that the document is Swagger 2.0."""

    def __init__(self, found: Mapping[str, Any], made: Imported, *, swagger: bool) -> None:
        self._made = made
        self._swagger = swagger
        self._found = found
        self._kinds = {name: _kind(value) for name, value in found.items()}
        self.functions = FunctionAuthorizers(made)

    def requirement(self, listed: list[Any], operation: str) -> JsonObject | None:
        """All that an operation asks for, in one; None where a part of it cannot be carried over.

        API Gateway reads the requirements of a list as one.
        """
        asked: JsonObject = {}
        for item in listed:
            for name, scopes in item.items():
                kind = self._kinds.get(name, f"{name}, which the document does not define")
                if kind == _FUNCTION:
                    kind = self.functions.exported(name, self._found[name])
                elif kind not in (API_KEY, COGNITO, IAM):
                    text = f"{kind}: choose who may call, in security"
                    self._made.tell("closed", text, operation)
                    return None
                asked[kind] = sorted({*asked.get(kind, []), *(scopes or [])})
        return asked

    def definitions(self, used: set[str]) -> JsonObject:
        """The schemes with the names that ``requirement`` gives."""
        if COGNITO in used:
            self._made.tell(
                "platform",
                "tokens are those of the platform's own user pool: its scopes are those under "
                "`scopes` of the service, and its users have to be moved there",
            )
        known = {**SECURITY_SCHEMES, **self.functions.schemes}
        schemes = {name: dict(known[name]) for name in sorted(used & known.keys())}
        if self._swagger and COGNITO in schemes:
            schemes[COGNITO] = dict(_BEARER_OF_SWAGGER)
        return schemes


def _kind(scheme: Any) -> str:
    """A scheme of the platform, ``function``, or what it is instead."""
    if not isinstance(scheme, dict):
        return "a security scheme that is no object"
    how = str(scheme.get(AUTHTYPE, "")).lower()
    authorizer = scheme.get(_AUTHORIZER)
    inner = str(authorizer.get("type", "")).lower() if isinstance(authorizer, dict) else ""
    if "cognito_user_pools" in (how, inner):
        return COGNITO
    if how == SIGV4.lower():
        return IAM
    if inner in ("token", "request"):
        return _FUNCTION
    if authorizer is not None or how:
        return f"an authorizer of the type {inner or how}"
    name = str(scheme.get("name", "")).lower()
    if scheme.get("type") == "apiKey" and scheme.get("in") == "header" and name == API_KEY_HEADER:
        return API_KEY
    bearer = scheme.get("type") == "http" and str(scheme.get("scheme")).lower() == "bearer"
    if bearer or scheme.get("type") in ("oauth2", "openIdConnect"):
        return COGNITO
    return f"a security scheme of the type {scheme.get('type')}"
