"""Roles for the integrations with AWS services."""

from __future__ import annotations

import json
from typing import Any

from tests.local_gaps.running import ACCOUNT, Aws


def role(aws: Aws, name: str, *allowed: tuple[str, str], trusts: str = "apigateway") -> str:
    """The ARN of a new role that may do these actions on these resources."""
    iam = aws.client("iam")
    trust: dict[str, Any] = {
        "Effect": "Allow",
        "Principal": {"Service": f"{trusts}.amazonaws.com"},
        "Action": "sts:AssumeRole",
    }
    iam.create_role(RoleName=name, AssumeRolePolicyDocument=policy(trust))
    statements = [
        {"Effect": "Allow", "Action": action, "Resource": resource} for action, resource in allowed
    ]
    iam.put_role_policy(RoleName=name, PolicyName="may", PolicyDocument=policy(*statements))
    return f"arn:aws:iam::{ACCOUNT}:role/{name}"


def policy(*statements: dict[str, Any]) -> str:
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)})
