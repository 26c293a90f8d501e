"""The media types of bodies."""

from gatewright.contract.operation_rules import MEDIA_TYPE
from gatewright.contract.spec_first.findings import Findings
from gatewright.contract.spec_first.node import Node


def plain_media_type(name: str, node: Node, findings: Findings) -> str:
    """``application/json`` for the same with parameters, and any other as it is.

    RFC 8259: JSON is UTF-8, so a charset beside it says nothing.
    """
    plain = name.partition(";")[0].strip().lower()
    if plain == MEDIA_TYPE and name != MEDIA_TYPE:
        findings.note("rewritten", node, f"{name} is {MEDIA_TYPE}, whatever its parameters say")
        return MEDIA_TYPE
    return name
