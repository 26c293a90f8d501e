"""What answered the operations of an API, and what the platform has in its place."""

import re
from typing import Any

from gatewright.contract.document import JsonObject
from gatewright.contract.imports.imported import Imported

_INTEGRATION = "x-amazon-apigateway-integration"
_PROXY = "aws_proxy"
_FUNCTION = re.compile(r"(?:function:|functions/)?\$?\{?([A-Za-z0-9_-]+)(?:\.Arn)?\}?/invocations$")
_ORIGIN = "method.response.header.access-control-allow-origin"


class Integrations:
    """Reads them, and remembers which functions there were."""

    def __init__(self, made: Imported) -> None:
        self._made = made
        self._functions: dict[str, list[str]] = {}

    def is_preflight(self, method: str, operation: JsonObject) -> bool:
        """Whether it is the answer to a browser's question, which the platform gives itself."""
        found = operation.get(_INTEGRATION)
        if method != "options" or not isinstance(found, dict) or _type(found) != "mock":
            return False
        self._made.tell("platform", f'cors: {{allow_origin: "{_origin(found)}"}}')
        return True

    def of(self, name: str, operation: JsonObject) -> JsonObject:
        """The extension as it stays in the file: none where a function answers."""
        found = operation.get(_INTEGRATION)
        if not isinstance(found, dict):
            return {}
        if _type(found) == _PROXY:
            self._functions.setdefault(_function(found.get("uri")), []).append(name)
            return {}
        self._made.tell("kept", f"an integration of the type {_type(found) or 'none'}", name)
        return {_INTEGRATION: found}

    def tell(self) -> None:
        """Say which functions answered."""
        tell_functions(self._made, self._functions)


def tell_functions(made: Imported, functions: dict[str, list[str]]) -> None:
    """Say what has to become the one handler of the version."""
    if len(functions) == 1:
        [(name, answered)] = functions.items()
        made.tell("platform", f"handler: the function {name} answered all {len(answered)}")
        return
    for name, answered in functions.items():
        text = (
            f"handler: {len(functions)} functions answered. One module has to call them by the "
            "event's resource and httpMethod, or each becomes a service"
        )
        made.tell("platform", text, f"{name}: {', '.join(answered)}")


def _type(integration: JsonObject) -> str:
    return str(integration.get("type", "")).lower()


def _function(uri: Any) -> str:
    if isinstance(uri, dict):
        uri = uri.get("Fn::Sub", uri)
        uri = uri[0] if isinstance(uri, list) else uri
    found = _FUNCTION.search(str(uri))
    return found[1] if found else str(uri)


def _origin(integration: JsonObject) -> str:
    for response in (integration.get("responses") or {}).values():
        for name, value in ((response or {}).get("responseParameters") or {}).items():
            if name.lower() == _ORIGIN:
                return str(value).strip("'")
    return "*"
