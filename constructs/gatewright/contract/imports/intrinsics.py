"""CloudFormation's functions in the parts of a document that a contract keeps."""

import re
from collections.abc import Mapping
from typing import Any

_VARIABLE = re.compile(r"\$\{!?([^}]+)\}")


def plain(value: Any, parameters: Mapping[str, Any]) -> Any:
    """``value`` with a text in place of each function.

    ``parameters`` are the template's, whose defaults stand for them; what only a deployment knows
    stays as the name of what it comes from.
    """
    if isinstance(value, list):
        return [plain(item, parameters) for item in value]
    if not isinstance(value, dict):
        return value
    if len(value) == 1:
        [(name, given)] = value.items()
        if name == "Ref" and isinstance(given, str):
            return _default(given, parameters)
        if name == "Fn::Sub" and given:
            text = given if isinstance(given, str) else str(given[0])
            return _VARIABLE.sub(lambda found: str(_default(found[1], parameters)), text)
        if name == "Fn::GetAtt":
            return ".".join(map(str, given)) if isinstance(given, list) else str(given)
        if name == "Fn::If" and isinstance(given, list) and len(given) == 3:
            return plain(given[1], parameters)
        if isinstance(name, str) and name.startswith("Fn::") and name != "Fn::Transform":
            return name
    return {key: plain(item, parameters) for key, item in value.items()}


def _default(name: str, parameters: Mapping[str, Any]) -> Any:
    declared = parameters.get(name)
    found = declared.get("Default") if isinstance(declared, dict) else None
    return name if found is None else found
