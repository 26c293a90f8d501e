"""`AWS::ApiGatewayV2::RoutingRule`: Ref is the ARN.

https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigatewayv2-routingrule.html
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from local.gaps.domains.rules import Rule
from local.gaps.domains.store import rules_of
from local.gaps.patch import ResourceType

Properties = Mapping[str, Any]
_LOWEST, _HIGHEST = 1, 1_000_000


def create(_logical_id: str, properties: Properties, _stack_name: str) -> Any:
    """A rule of a domain name that exists."""
    from ministack.core.responses import new_uuid

    return _put(properties, new_uuid().replace("-", "")[:10])


def update(physical_id: str, _old: Properties, new: Properties, _stack_name: str) -> Any:
    """The rule of the same id, as it is now."""
    return _put(new, physical_id.rpartition("/")[2])


def delete(physical_id: str, properties: Properties) -> None:
    rules_of(_domain(properties)).pop(physical_id.rpartition("/")[2], None)


def _put(properties: Properties, rule_id: str) -> Any:
    domain = _domain(properties)
    rule = _rule(properties, rule_id)
    _refuse(domain, rule)
    rules_of(domain)[rule_id] = rule
    arn = f"{properties['DomainNameArn']}/routingrules/{rule_id}"
    return arn, {"RoutingRuleArn": arn, "RoutingRuleId": rule_id}


def _rule(properties: Properties, rule_id: str) -> Rule:
    [action] = properties["Actions"]
    invoked = action["InvokeApi"]
    return Rule(
        rule_id=rule_id,
        priority=int(properties["Priority"]),
        conditions=tuple(properties.get("Conditions") or ()),
        api_id=invoked["ApiId"],
        stage=invoked["Stage"],
        strip_base_path=str(invoked.get("StripBasePath", False)).lower() == "true",
    )


def _refuse(domain: str, rule: Rule) -> None:
    """ValueError for what AWS would not take."""
    from ministack.services import apigateway_v1

    if apigateway_v1.find_domain_scope(domain) is None:
        raise ValueError(f"RoutingRule: there is no domain name {domain!r}")
    if not _LOWEST <= rule.priority <= _HIGHEST:
        raise ValueError(f"RoutingRule: Priority {rule.priority} is not from 1 to 1,000,000")
    others = (other for other in rules_of(domain).values() if other.rule_id != rule.rule_id)
    if any(other.priority == rule.priority for other in others):
        raise ValueError(f"RoutingRule: another rule of {domain} has the priority {rule.priority}")
    conditions = rule.conditions
    paths = sum("MatchBasePaths" in condition for condition in conditions)
    if paths > 1 or len(conditions) - paths > 2:
        raise ValueError("RoutingRule: at most one base path and two headers are conditions")


def _domain(properties: Properties) -> str:
    return str(properties["DomainNameArn"]).rpartition("/")[2]


RESOURCE_TYPES = (
    ResourceType(
        name="AWS::ApiGatewayV2::RoutingRule",
        operations={"create": create, "update": update, "delete": delete},
        replacing=("DomainNameArn",),
    ),
)
