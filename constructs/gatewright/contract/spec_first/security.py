"""The security schemes of a description as those that the platform has."""

from gatewright.contract.contract import KeySource, SecurityRequirement
from gatewright.contract.security import API_KEY, API_KEY_HEADER, COGNITO
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
    "oauth2 or openIdConnect"
)


class Security:
    """Reads security requirements. ``service`` names the resource server of plain scopes."""

    def __init__(
        self,
        root: Node,
        version: SpecVersion,
        service: str,
        key_source: KeySource,
        references: References,
        findings: Findings,
    ) -> None:
        self._root = root
        self._service = service
        self._key_header = API_KEY_HEADER if key_source == "HEADER" else "authorization"
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
            if self._is_token(scheme):
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
