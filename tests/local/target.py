"""A deployed environment under test: its addresses, and callers made for the test alone."""

import secrets
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import httpx
import pytest

from gatewright.checks.users import Tokens, sign_in
from gatewright.config import Platform
from gatewright.contract import Contract
from gatewright.operations.deployed import Deployed
from gatewright.operations.users import put_user

_READY_SECONDS = 60


class ServedUrls(dict[str, str]):
    """The addresses of APIs. A test that asks for that of a retired one has nothing to test."""

    def __init__(self, urls: Mapping[str, str], *, retired: frozenset[str]) -> None:
        super().__init__(urls)
        self._retired = retired

    def __getitem__(self, api: str) -> str:
        if api in self._retired:
            pytest.skip(f"{api} is retired")
        return super().__getitem__(api)


@dataclass(frozen=True, kw_only=True)
class Target:
    """An environment, embedded or on AWS; ``client`` makes a boto3 client of its account."""

    platform: Platform
    deployed: Deployed
    urls: dict[str, str]
    token_url: str
    contracts: dict[str, Contract]
    client: Callable[[str], Any]
    stack_names: dict[str, str]
    origins: dict[str, str | None]
    embedded: bool

    def may_be_read(self, response: httpx.Response, api: str = "foods-v1") -> bool:
        """Whether the answer has the CORS header that platform.yaml asks for, or asks not for."""
        found: str | None = response.headers.get("access-control-allow-origin")
        return found == self.origins[api]

    def http(self, api: str = "foods-v1") -> httpx.Client:
        return httpx.Client(base_url=self.urls[api], timeout=30)

    @contextmanager
    def keyed_http(self, api: str) -> Iterator[httpx.Client]:
        """A caller of an API who sends a key."""
        with self.key() as key, self.http(api) as client:
            client.headers["x-api-key"] = key
            yield client

    def log_group(self, api: str, logical_id: str) -> str:
        """The name of a log group of an API's stack, by the start of its logical id."""
        found = self.client("cloudformation").describe_stack_resources(
            StackName=self.stack_names[api]
        )["StackResources"]
        [name] = [
            resource["PhysicalResourceId"]
            for resource in found
            if resource["ResourceType"] == "AWS::Logs::LogGroup"
            and resource["LogicalResourceId"].startswith(logical_id)
        ]
        return str(name)

    def function_configuration(self, api: str) -> dict[str, Any]:
        """What Lambda says of the function that answers an API."""
        found = self.client("cloudformation").describe_stack_resources(
            StackName=self.stack_names[api]
        )["StackResources"]
        [name] = [
            resource["PhysicalResourceId"]
            for resource in found
            if resource["ResourceType"] == "AWS::Lambda::Function"
        ]
        return dict(self.client("lambda").get_function_configuration(FunctionName=name))

    @contextmanager
    def key(
        self, *, rate: float = 500, burst: int = 500, quota: int | None = None, enabled: bool = True
    ) -> Iterator[str]:
        """An API key on a plan of its own, over every API; both go away afterwards."""
        gateway = self.client("apigateway")
        name = f"gatewright-verify-{secrets.token_hex(4)}"
        plan = gateway.create_usage_plan(
            name=name,
            throttle={"rateLimit": rate, "burstLimit": burst},
            apiStages=[
                {"apiId": api.rest_api_id, "stage": stage}
                for api in self.deployed.apis.values()
                for stage in api.stage_names
            ],
            **({"quota": {"limit": quota, "period": "DAY"}} if quota else {}),
        )
        key = gateway.create_api_key(name=name, enabled=enabled)
        gateway.create_usage_plan_key(usagePlanId=plan["id"], keyId=key["id"], keyType="API_KEY")
        try:
            yield key["value"]
        finally:
            gateway.delete_api_key(apiKey=key["id"])
            stages = [f"{stage['apiId']}:{stage['stage']}" for stage in plan["apiStages"]]
            gateway.update_usage_plan(
                usagePlanId=plan["id"],
                patchOperations=[
                    {"op": "remove", "path": "/apiStages", "value": stage} for stage in stages
                ],
            )
            gateway.delete_usage_plan(usagePlanId=plan["id"])

    @contextmanager
    def tokens(
        self, *, groups: Sequence[str] = (), pool: str | None = None, seconds: int | None = None
    ) -> Iterator[Tokens]:
        """The tokens of a user made for the test, of this environment's pool or another.

        A group of this environment stands for the scope of its name.
        """
        cognito = self.client("cognito-idp")
        pool = pool or self.deployed.user_pool_id
        client = _verify_client(cognito, pool, seconds)
        user = f"gatewright-verify-{secrets.token_hex(4)}@example.com"
        password = f"Verify-1{secrets.token_urlsafe(12)}"
        put_user(cognito, pool, user, password)
        try:
            for group in groups:
                cognito.admin_add_user_to_group(UserPoolId=pool, Username=user, GroupName=group)
            yield sign_in(cognito, {"UserPoolId": pool, "ClientId": client}, user, password)
        finally:
            cognito.admin_delete_user(UserPoolId=pool, Username=user)
            cognito.delete_user_pool_client(UserPoolId=pool, ClientId=client)

    @contextmanager
    def token(self, *, pool: str | None = None, seconds: int | None = None) -> Iterator[str]:
        """The ID token of a user made for the test."""
        with self.tokens(pool=pool, seconds=seconds) as tokens:
            yield tokens.identity

    def machine_token(self, *scopes: str) -> str:
        """The access token that the machine client gets for these scopes."""
        client = str(self.deployed.machine_client_id)
        found = self.client("cognito-idp").describe_user_pool_client(
            UserPoolId=self.deployed.user_pool_id, ClientId=client
        )["UserPoolClient"]
        response = httpx.post(
            self.token_url,
            auth=(client, found["ClientSecret"]),
            data={"grant_type": "client_credentials", "scope": " ".join(scopes)},
        )
        assert response.status_code == 200, response.text
        return str(response.json()["access_token"])

    @contextmanager
    def other_pool(self, *, mfa: bool = False) -> Iterator[str]:
        """A user pool that the environment knows nothing of."""
        cognito = self.client("cognito-idp")
        pool = cognito.create_user_pool(PoolName="gatewright-verify", UsernameAttributes=["email"])[
            "UserPool"
        ]["Id"]
        if mfa:
            cognito.set_user_pool_mfa_config(
                UserPoolId=pool,
                SoftwareTokenMfaConfiguration={"Enabled": True},
                MfaConfiguration="ON",
            )
        try:
            yield pool
        finally:
            cognito.delete_user_pool(UserPoolId=pool)


def wait_for(ready: Callable[[], bool], what: str) -> None:
    """New keys and plans take a while on AWS to reach every host of API Gateway."""
    deadline = time.monotonic() + _READY_SECONDS
    while not ready():
        if time.monotonic() > deadline:
            raise AssertionError(f"{what} was not so after {_READY_SECONDS} s")
        time.sleep(1)


def _verify_client(cognito: Any, pool: str, seconds: int | None) -> str:
    validity = (
        {
            "IdTokenValidity": seconds,
            "AccessTokenValidity": seconds,
            "TokenValidityUnits": {"IdToken": "seconds", "AccessToken": "seconds"},
        }
        if seconds
        else {}
    )
    return str(
        cognito.create_user_pool_client(
            UserPoolId=pool,
            ClientName="gatewright-verify",
            ExplicitAuthFlows=["ALLOW_ADMIN_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
            **validity,
        )["UserPoolClient"]["ClientId"]
    )
