"""What a key authorizer answers. AWS: "Output from an API Gateway Lambda authorizer"."""

import pytest

from gatewright.runtime import Caller, key_authorizer
from gatewright.runtime.key_authorization import UnauthorizedError

ARN = "arn:aws:execute-api:us-east-1:111111111111:abc123/live/GET/items/a/b"


@key_authorizer
def authorize(authorization: str) -> Caller | None:
    """Know the callers whose key is their token."""
    scheme, _, key = authorization.partition(" ")
    return Caller(name="acme", api_key=key) if scheme == "Bearer" else None


@pytest.mark.parametrize("header", ["Authorization", "authorization"])
def test_a_known_caller_may_call_the_stage_with_its_key(header: str) -> None:
    answer = authorize({"methodArn": ARN, "headers": {header: "Bearer k-1"}}, None)
    [statement] = answer["policyDocument"]["Statement"]
    assert statement == {
        "Effect": "Allow",
        "Action": "execute-api:Invoke",
        "Resource": "arn:aws:execute-api:us-east-1:111111111111:abc123/live/*",
    }
    assert (answer["principalId"], answer["usageIdentifierKey"]) == ("acme", "k-1")


@pytest.mark.parametrize("headers", [{"Authorization": "Basic x"}, {}, None])
def test_an_unknown_caller_is_unauthorized(headers: dict[str, str] | None) -> None:
    # The text is what API Gateway looks for.
    with pytest.raises(UnauthorizedError, match=r"^Unauthorized$"):
        authorize({"methodArn": ARN, "headers": headers}, None)
