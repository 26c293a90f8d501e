"""The table by which changes are judged: each kind once, with its verdict and its reason."""

from collections.abc import Mapping
from types import MappingProxyType

from gatewright.compare.rules.bodies import REQUEST_BODY_RULES, RESPONSE_RULES
from gatewright.compare.rules.operations import OPERATION_RULES
from gatewright.compare.rules.parameters import PARAMETER_RULES
from gatewright.compare.rules.rule import Rule
from gatewright.compare.rules.schemas import SCHEMA_RULES
from gatewright.compare.rules.security import SECURITY_RULES

__all__ = ["RULES", "SECTIONS", "Rule"]

SECTIONS: Mapping[str, tuple[Rule, ...]] = MappingProxyType(
    {
        "API and operations": OPERATION_RULES,
        "Parameters": PARAMETER_RULES,
        "Request bodies": REQUEST_BODY_RULES,
        "Responses": RESPONSE_RULES,
        "Credentials": SECURITY_RULES,
        "Schemas": SCHEMA_RULES,
    }
)
"""The rules in the order of the guide."""

RULES: Mapping[str, Rule] = MappingProxyType(
    {rule.kind: rule for rules in SECTIONS.values() for rule in rules}
)
"""Every rule by its kind."""
