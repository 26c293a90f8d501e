"""A demo user and the demo keys, for trying the platform on a laptop."""

import secrets
from dataclasses import dataclass
from typing import Any

from gatewright.operations.deployed import Deployed
from gatewright.operations.users import put_user
from local.embedded_aws import EmbeddedAws

USERNAME = "demo@example.com"


@dataclass(frozen=True, kw_only=True)
class Demo:
    """Credentials that work against the local environment, and nowhere else."""

    username: str
    password: str
    api_keys: dict[str, str]
    machine_client_secret: str | None


def seed_demo(aws: EmbeddedAws, deployed: Deployed, password: str | None) -> Demo:
    """Make the demo user, unless it exists, and read the values of the keys.

    ``password`` is the one of an earlier run, or None for a new one. Safe to run again.
    """
    cognito = aws.client("cognito-idp")
    chosen = password or f"Demo-1{secrets.token_urlsafe(12)}"
    put_user(cognito, deployed.user_pool_id, USERNAME, chosen)
    gateway = aws.client("apigateway")
    return Demo(
        username=USERNAME,
        password=chosen,
        api_keys={
            name: gateway.get_api_key(apiKey=key_id, includeValue=True)["value"]
            for name, key_id in deployed.key_ids.items()
        },
        machine_client_secret=_machine_secret(cognito, deployed),
    )


def _machine_secret(cognito: Any, deployed: Deployed) -> str | None:
    if deployed.machine_client_id is None:
        return None
    client = cognito.describe_user_pool_client(
        UserPoolId=deployed.user_pool_id, ClientId=deployed.machine_client_id
    )["UserPoolClient"]
    return str(client["ClientSecret"])
