"""The resource policy of a private API: without one, nobody could call it."""

from collections.abc import Mapping, Sequence
from typing import Any

from gatewright.contract.document import JsonObject

_EVERYTHING: JsonObject = {
    "Principal": "*",
    "Action": "execute-api:Invoke",
    # AWS makes the ARN of this API of it. "API Gateway resource policy examples".
    "Resource": "execute-api:/*",
}


def gateway_policy(
    vpc_endpoints: Sequence[str], own: Mapping[str, Any] | None
) -> JsonObject | None:
    """The policy of an API with ``vpc_endpoints`` (none: it is not private) and one of its ``own``.

    Both have to let a request in: a Deny of one is stronger than an Allow of the other.
    """
    if not vpc_endpoints:
        return dict(own) if own else None
    private = private_policy(vpc_endpoints)
    if own is None:
        return private
    through = [part for part in private["Statement"] if part["Effect"] == "Deny"]
    return {**own, "Statement": [*through, *own["Statement"]]}


def private_policy(vpc_endpoints: Sequence[str]) -> JsonObject:
    """Let requests through these VPC endpoints in, and no others.

    Who may call is still each operation's authorizer's to say. The Deny is for callers that sign:
    what the policies of their own account allow them would suffice otherwise. AWS: "How API Gateway
    resource policies affect authorization workflow".
    """
    through = {"aws:SourceVpce": sorted(vpc_endpoints)}
    return {
        "Version": "2012-10-17",
        "Statement": [
            {"Effect": "Deny", **_EVERYTHING, "Condition": {"StringNotEquals": through}},
            {"Effect": "Allow", **_EVERYTHING, "Condition": {"StringEquals": through}},
        ],
    }
