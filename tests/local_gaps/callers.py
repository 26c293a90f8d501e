"""An API that only some may call, with the credentials for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tests.local_gaps.running import ACCOUNT, REGION, Aws, document, mock

PASSWORD = "Secret-12345"


@dataclass(frozen=True)
class Callers:
    """An API that only some may call: with a token, or with a key of which two calls are left."""

    pool: str
    client: str
    api: str
    token: str
    key: str

    def sign_in(self, aws: Aws) -> dict[str, Any]:
        flow = {"AuthFlow": "USER_PASSWORD_AUTH", "ClientId": self.client}
        names = {"USERNAME": "kim", "PASSWORD": PASSWORD}
        users = aws.client("cognito-idp")
        answer: dict[str, Any] = users.initiate_auth(**flow, AuthParameters=names)
        return dict(answer["AuthenticationResult"])

    def with_token(self, aws: Aws, token: str) -> int:
        return aws.call(self.api, "/token", headers={"Authorization": token}).status_code

    def with_key(self, aws: Aws) -> int:
        return aws.call(self.api, "/key", headers={"x-api-key": self.key}).status_code


def of_pool(pool: str) -> dict[str, Any]:
    """The security scheme of an API whose callers have tokens of a user pool."""
    arn = f"arn:aws:cognito-idp:{REGION}:{ACCOUNT}:userpool/{pool}"
    return {
        "type": "apiKey",
        "name": "Authorization",
        "in": "header",
        "x-amazon-apigateway-authtype": "cognito_user_pools",
        "x-amazon-apigateway-authorizer": {"type": "cognito_user_pools", "providerARNs": [arn]},
    }


def create_callers(aws: Aws) -> Callers:
    users, gateway = aws.client("cognito-idp"), aws.client("apigateway")
    pool = users.create_user_pool(PoolName="kept")["UserPool"]["Id"]
    flows = ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]
    client = users.create_user_pool_client(
        UserPoolId=pool, ClientName="kept", ExplicitAuthFlows=flows, GenerateSecret=False
    )["UserPoolClient"]["ClientId"]
    user = {"UserPoolId": pool, "Username": "kim"}
    users.admin_create_user(**user)
    users.admin_set_user_password(**user, Password=PASSWORD, Permanent=True)
    by_key = {"type": "apiKey", "name": "x-api-key", "in": "header"}
    api = aws.import_api(
        document(
            {
                "/token": {"get": mock("in", security=[{"users": []}])},
                "/key": {"get": mock("in", security=[{"api_key": []}])},
            },
            components={"securitySchemes": {"users": of_pool(pool), "api_key": by_key}},
        )
    )
    plan = gateway.create_usage_plan(
        name="kept",
        quota={"limit": 3, "period": "DAY"},
        apiStages=[{"apiId": api, "stage": "live"}],
    )["id"]
    key = gateway.create_api_key(name="kept", enabled=True)
    gateway.create_usage_plan_key(usagePlanId=plan, keyId=key["id"], keyType="API_KEY")
    made = Callers(pool, client, api, "", key["value"])
    return Callers(pool, client, api, made.sign_in(aws)["IdToken"], key["value"])
