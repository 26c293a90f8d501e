"""Wildcards in a policy that are accepted, each by itself, as cdk-nag names them."""

from collections.abc import Iterator
from typing import Any

from aws_cdk import Stack
from aws_cdk import aws_iam as iam

from gatewright.operations.findings import acknowledge


def acknowledge_wildcards(policy: iam.Policy, reason: str) -> None:
    """Accept every wildcard that ``policy`` has now, in its actions and in its resources.

    cdk-nag's rule IAM5 names each finding by the text of the action or the resource, and knows no
    patterns. Call it when the policy is whole.
    """
    document = Stack.of(policy).resolve(policy.document)
    for finding in sorted(set(_findings(document))):
        acknowledge(policy, f"IAM5[{finding}]", reason)


def policy_of(role: iam.Role) -> iam.Policy:
    """The policy that the CDK makes of a role's statements. Raises TypeError without any."""
    policy = role.node.find_child("DefaultPolicy")
    if not isinstance(policy, iam.Policy):
        raise TypeError(f"{role.node.path} has {policy!r} for its policy")
    return policy


def _findings(document: dict[str, Any]) -> Iterator[str]:
    for statement in document["Statement"]:
        if statement["Effect"] != "Allow":
            continue
        for kind in ("Action", "Resource"):
            values = statement[kind]
            for value in values if isinstance(values, list) else [values]:
                text = _flat(value)
                if "*" in text:
                    yield f"{kind}::{text}"


def _flat(value: Any) -> str:
    """A value with intrinsic functions as cdk-nag writes it (its `flattenCfnReference`)."""
    match value:
        case str():
            return value.replace("${", "<").replace("}", ">")
        case {"Fn::Join": [delimiter, items]}:
            return str(delimiter).join(_flat(item) for item in items)
        case {"Fn::GetAtt": [resource, attribute]}:
            return f"<{resource}.{attribute}>"
        case {"Ref": name}:
            return f"<{name}>"
        case {"Fn::ImportValue": inner} | {"Fn::Sub": inner}:
            return _flat(inner)
    raise TypeError(f"a policy holds {value!r}, which has no flat form")
