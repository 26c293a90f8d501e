"""Calls of deployed APIs that are signed, well or badly (AWS Signature Version 4)."""

from __future__ import annotations

import datetime
from typing import Any
from unittest import mock

import httpx
from botocore import auth
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

REGION = "us-east-1"


def signed(
    method: str,
    url: str,
    credentials: Credentials,
    *,
    region: str = REGION,
    service: str = "execute-api",
    age: datetime.timedelta = datetime.timedelta(),
    body: bytes = b"",
) -> httpx.Request:
    """A request signed ``age`` ago."""
    request = AWSRequest(method=method, url=url, data=body)
    then = datetime.datetime.now(datetime.UTC).replace(tzinfo=None) - age
    with mock.patch.object(auth, "get_current_datetime", return_value=then):
        SigV4Auth(credentials, service, region).add_auth(request)
    return httpx.Request(method, url, headers=dict(request.headers.items()), content=body)


def new_user(iam: Any, name: str, policy: str | None = None) -> Credentials:
    """A user with an access key, and what it may do as a policy."""
    iam.create_user(UserName=name)
    if policy is not None:
        iam.put_user_policy(UserName=name, PolicyName="calls", PolicyDocument=policy)
    key = iam.create_access_key(UserName=name)["AccessKey"]
    return Credentials(key["AccessKeyId"], key["SecretAccessKey"])
