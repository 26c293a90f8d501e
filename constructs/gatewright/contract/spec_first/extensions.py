"""What becomes of `x-` fields."""

import json
from typing import TYPE_CHECKING

from gatewright.contract.document import JsonObject
from gatewright.contract.spec_first.findings import Findings
from gatewright.contract.spec_first.gateway_rules import (
    EXTENSION_PREFIX,
    EXTENSIONS,
    INTEGRATION,
    KEPT_TYPES,
    OTHER_EXTENSION,
    OTHER_INTEGRATION,
    PROXY_TYPES,
    VPC_LINK,
    FieldRule,
)
from gatewright.contract.spec_first.node import Node

if TYPE_CHECKING:
    from gatewright.integrations.integration import Integration

MOST_TIMEOUT_MS = 29000
INTEGRATION_FIELD = f"{EXTENSION_PREFIX}integration"


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
        if name == INTEGRATION_FIELD and (rule := _integration_rule(child)) is None:
            continue
        if rule is not None and rule.verdict == "refused":
            findings.refuse(child, f"{rule.text} ({rule.page})", rule.remedy)
        else:
            text = rule.text if rule else f"{name} {OTHER_EXTENSION.text}"
            findings.note("documents", child, text)
    return out


def _integration_rule(node: Node) -> FieldRule | None:
    """What becomes of an integration; None for one that is kept."""
    kind = str(node.get("type")).lower()
    if kind in PROXY_TYPES:
        return OTHER_INTEGRATION
    if kind not in KEPT_TYPES:
        return INTEGRATION
    return VPC_LINK if node.get("connectionId") else None


def kept_integration(node: Node, operation_id: str) -> "Integration | None":
    """The integration that an operation brings itself, if it is one of those that are kept."""
    child = node.optional(INTEGRATION_FIELD)
    if child is None or _integration_rule(child) is not None:
        return None
    # Not above: most files have none.
    from gatewright.integrations.integration import Integration, Template
    from gatewright.integrations.targets import DocumentTarget

    templates = child.optional("requestTemplates")
    return Integration(
        operation=operation_id,
        target=DocumentTarget(json.dumps(child.expect(dict))),
        request_templates={
            name: Template(str(text.expect(str)), text.source)
            for name, text in (templates.items() if templates else ())
        },
        timeout_ms=int(child.get("timeoutInMillis") or MOST_TIMEOUT_MS),
        # An endpoint checks its own requests; who brought it knows that.
        validates=str(child.get("type")).lower() != "mock",
        place=child.source,
    )
