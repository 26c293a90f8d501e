"""The resource policy of an API: who may call at all.

AWS: "Control access to a REST API with API Gateway resource policies", "AWS condition keys that can
be used in API Gateway resource policies".
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from gatewright.contract.binding import GatewayBinding
from gatewright.contract.contract import Contract
from gatewright.contract.document import JsonObject
from gatewright.contract.problems import Problem
from gatewright.contract.security import IAM

EVERYBODY = "everybody"


@dataclass(frozen=True, kw_only=True)
class Rule:
    """Who is meant: all that is named must hold, and one value of each is enough.

    ``principals`` are accounts (12 digits), ARNs of roles and users, or ``everybody``;
    ``source_ips`` are blocks of addresses, ``vpc_endpoints`` ids.
    """

    principals: Sequence[str] = ()
    source_ips: Sequence[str] = ()
    vpc_endpoints: Sequence[str] = ()


def resource_policy(*, allow: Sequence[Rule], deny: Sequence[Rule]) -> JsonObject:
    """The policy. A denial wins over what allows (AWS: "Policy evaluation logic")."""
    rules = [*(("Allow", rule) for rule in allow), *(("Deny", rule) for rule in deny)]
    return {
        "Version": "2012-10-17",
        "Statement": [_statement(effect, rule) for effect, rule in rules],
    }


def resource_policy_problems(contract: Contract, binding: GatewayBinding) -> Iterator[Problem]:
    """A problem for each operation that a policy of signers closes to everybody else.

    Who signs is known where an operation asks for ``iam``, and nowhere else. AWS: "How API Gateway
    resource policies affect authorization workflow".
    """
    policy = binding.resource_policy
    if policy is None or any(
        statement["Effect"] == "Allow" and statement["Principal"] == "*"
        for statement in policy["Statement"]
    ):
        return
    remedy = 'ask for {"iam": []}, or allow others in resource_policy: source_ips, or everybody'
    for operation in contract.operations():
        if IAM not in operation.schemes:
            reason = "the resource policy allows signers alone, and it asks for no signature"
            yield Problem(
                operation.name, reason, remedy, operation.pointer("security"), operation.source
            )
    if binding.allow_origin is not None:
        reason = "the resource policy allows signers alone, and browsers sign no preflight"
        yield Problem(contract.api_name, reason, "remove cors, or allow others to call as well")


def _statement(effect: str, rule: Rule) -> JsonObject:
    out: JsonObject = {
        "Effect": effect,
        "Principal": _principal(rule.principals),
        "Action": "execute-api:Invoke",
        # API Gateway completes it with the API's own ARN.
        "Resource": "execute-api:/*",
    }
    if conditions := _conditions(rule):
        out["Condition"] = conditions
    return out


def _principal(principals: Sequence[str]) -> Any:
    if not principals or EVERYBODY in principals:
        return "*"
    return {"AWS": sorted(principals)}


def _conditions(rule: Rule) -> Mapping[str, JsonObject]:
    found: dict[str, JsonObject] = {}
    if rule.source_ips:
        # Through an endpoint, the address is that of the caller inside its VPC.
        key = "aws:VpcSourceIp" if rule.vpc_endpoints else "aws:SourceIp"
        found["IpAddress"] = {key: sorted(rule.source_ips)}
    if rule.vpc_endpoints:
        found["StringEquals"] = {"aws:SourceVpce": sorted(rule.vpc_endpoints)}
    return found
