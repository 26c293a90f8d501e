"""What becomes of `x-` fields."""

from gatewright.contract.document import JsonObject
from gatewright.contract.spec_first.findings import Findings
from gatewright.contract.spec_first.gateway_rules import (
    EXTENSION_PREFIX,
    EXTENSIONS,
    INTEGRATION,
    OTHER_EXTENSION,
    PROXY_TYPES,
)
from gatewright.contract.spec_first.node import Node

_INTEGRATION = f"{EXTENSION_PREFIX}integration"


def extension_findings(node: Node, findings: Findings) -> JsonObject:
    """The extensions of an object that go into the public document: all but API Gateway's own.

    Those are told of, and refused where they decide which requests are accepted.
    """
    out: JsonObject = {}
    for name, value in node.value.items():
        if not name.startswith("x-"):
            continue
        if not name.startswith(EXTENSION_PREFIX):
            out[name] = value
            continue
        child = node.child(name)
        rule = EXTENSIONS.get(name)
        if name == _INTEGRATION and str(child.get("type")).lower() not in PROXY_TYPES:
            rule = INTEGRATION
        if rule is not None and rule.verdict == "refused":
            findings.refuse(child, f"{rule.text} ({rule.page})", rule.remedy)
        else:
            text = rule.text if rule else f"{name} {OTHER_EXTENSION.text}"
            findings.note("documents", child, text)
    return out
