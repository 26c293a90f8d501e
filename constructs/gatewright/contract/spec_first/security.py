"""The security schemes of a description as those that the platform has."""

from collections.abc import Mapping
from typing import Any

from gatewright.contract.authorizer import AUTHORIZATION, Authorizer
from gatewright.contract.contract import KeySource, SecurityRequirement
from gatewright.contract.document import JsonObject
from gatewright.contract.security import (
    API_KEY,
    API_KEY_HEADER,
    AUTHTYPE,
    COGNITO,
    IAM,
    SIGV4,
    security_schemes,
)
from gatewright.contract.spec_first.findings import Findings
from gatewright.contract.spec_first.node import Node, SpecError
from gatewright.contract.spec_first.references import References
from gatewright.contract.spec_first.versions import SpecVersion
from gatewright.nearest import did_you_mean

_NONE: list[SecurityRequirement] = [{}]
_CHOICES = "security: [] (anybody), or [{<scheme>: []}] with a scheme of the document"
_TOKENS = ("oauth2", "openIdConnect")
_USE = (
    f"use an apiKey in the header {API_KEY_HEADER}, or a token: http with the scheme bearer, "
    "oauth2 or openIdConnect; or declare an authorizer of its name in platform.yaml"
)
# Whose Security Scheme Object is OpenAPI 3.0's as it is.
_SAME_IN_3_0 = ("3.0", "3.1")


class Security:
    """Reads security requirements. ``service`` names the resource server of plain scopes."""

    def __init__(
        self,
        root: Node,
        version: SpecVersion,
        service: str,
        key_source: KeySource,
        authorizers: tuple[Authorizer, ...],
        references: References,
        findings: Findings,
    ) -> None:
        self._root = root
        self._service = service
        self._key_header = API_KEY_HEADER if key_source == "HEADER" else "authorization"
        self._authorizers = {authorizer.name: authorizer for authorizer in authorizers}
        self._version = version
        self.public_schemes: dict[str, JsonObject] = security_schemes(authorizers)
        self._references = references
        self._findings = findings
        holder = root if version == "2.0" else root.optional("components")
        field = "securityDefinitions" if version == "2.0" else "securitySchemes"
        self._schemes = holder.optional(field) if holder else None

    def of(self, operation: Node, method: str) -> list[SecurityRequirement] | None:
        """What the operation asks for; one empty requirement for nothing, None for no choice.

        Raises SpecError for what the platform does not have.
        """
        listed = operation.optional("security") or self._root.optional("security")
        if listed is None:
            # A preflight carries no credentials (Fetch standard), so OPTIONS cannot ask for them.
            if method == "options":
                return None
            raise SpecError(operation, "nobody chose who may call it", f"write {_CHOICES}")
        if listed.expect(list) == []:
            return _NONE
        found: list[SecurityRequirement] = []
        for node in listed.elements():
            made = self._requirement(node)
            if made not in found:
                found.append(made)
        if len(found) > 1:
            reason = (
                f"it has {len(found)} alternative security requirements, and API Gateway reads "
                "them as one: all of them"
            )
            raise SpecError(listed, reason, "write one requirement, or two operations")
        return found

    def _requirement(self, node: Node) -> SecurityRequirement:
        out: SecurityRequirement = {}
        for name, scopes in node.items():
            scheme = self._scheme(name, scopes)
            if (authorizer := self._authorizers.get(name)) is not None:
                out[name] = sorted({str(item.value) for item in scopes.elements()})
                self.public_schemes[name] = self._described(scheme, authorizer)
            elif _is_signature(scheme):
                out[IAM] = []
            elif self._is_token(scheme):
                out[COGNITO] = sorted({*out.get(COGNITO, []), *self._scopes(scopes)})
            else:
                out[API_KEY] = []
        if len(out.get(COGNITO, [])) > 1:
            reason = (
                f"it asks for the scopes {', '.join(out[COGNITO])}, and API Gateway accepts a "
                "token with any one of them"
            )
            raise SpecError(node, reason, "ask for one scope, which stands for all of it")
        return out

    def _scheme(self, name: str, at: Node) -> Node:
        known = self._schemes.expect(dict) if self._schemes else {}
        if self._schemes is None or name not in known:
            remedy = did_you_mean(name, known) or f"define {name} as a security scheme"
            raise SpecError(at, f"there is no security scheme {name}", remedy)
        return self._references.inlined(self._schemes.child(name))

    def _described(self, scheme: Node, authorizer: Authorizer) -> JsonObject:
        """The file's own scheme for people, where it is one of OpenAPI 3. Raises SpecError."""
        name = str(scheme.get("name"))
        if scheme.get("type") == "apiKey" and scheme.get("in") == "header":
            known = [header.lower() for header in authorizer.headers]
            if name.lower() not in known:
                reason = (
                    f"it is sent in the header {name}, which the authorizer {authorizer.name} "
                    "does not read"
                )
                remedy = f"write header: {name} at the authorizer in platform.yaml"
                raise SpecError(scheme, reason, remedy)
        if self._version not in _SAME_IN_3_0:
            return dict(authorizer.scheme)
        given: Mapping[str, Any] = scheme.expect(dict)
        return {key: value for key, value in given.items() if not key.startswith("x-amazon-")}

    def _is_token(self, scheme: Node) -> bool:
        """Whether it is a token of the user pool; otherwise an API key. Raises SpecError."""
        kind = str(scheme.get("type"))
        if kind in _TOKENS:
            return True
        if kind == "http" and str(scheme.get("scheme")).lower() == "bearer":
            return True
        if kind == "apiKey":
            place, name = scheme.get("in"), str(scheme.get("name"))
            if place == "header" and name.lower() == self._key_header:
                return False
            found = f"an API key in the {place} {name}"
        else:
            found = f"the security scheme {kind} {scheme.get('scheme') or ''}".rstrip()
        raise SpecError(scheme, f"{found}, which the platform does not have", _USE)

    def _scopes(self, node: Node) -> list[str]:
        """Scopes as tokens have them: of a resource server, which is a service by its name."""
        found = []
        for item in node.elements():
            scope = str(item.value)
            if "/" not in scope and not scope.startswith("aws.cognito."):
                text = f"the scope {scope} is {self._service}/{scope}, as tokens of Cognito have it"
                self._findings.note("rewritten", item, text)
                scope = f"{self._service}/{scope}"
            found.append(scope)
        return found


def _is_signature(scheme: Node) -> bool:
    """AWS: "x-amazon-apigateway-authtype property": an apiKey in the header Authorization."""
    kind = str(scheme.get(AUTHTYPE)).lower()
    place = (scheme.get("type"), scheme.get("in"), str(scheme.get("name")).lower())
    return kind == SIGV4.lower() and place == ("apiKey", "header", AUTHORIZATION.lower())
