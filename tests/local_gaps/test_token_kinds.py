"""Which kind of token a Cognito authorizer takes.

'Integrate a REST API with an Amazon Cognito user pool': without scopes on the method the token is
an identity token, with scopes an access token that has one of them; anything else is a 401.
https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-enable-cognito-user-pool.html
https://repost.aws/knowledge-center/api-gateway-cognito-401-unauthorized
"""

from __future__ import annotations

import pytest

from tests.local_gaps.callers import PASSWORD, of_pool
from tests.local_gaps.running import Aws, document, mock

# What every access token has that came with a password.
SELF = "aws.cognito.signin.user.admin"
SCOPES: dict[str, list[str]] = {
    "/none": [],
    "/read": ["foods/read"],
    "/write": ["foods/write"],
    "/either": ["foods/read", "foods/write"],
    "/self": [SELF],
}
# By token and path: the machine's token has the scope foods/read.
CASES = {
    ("id", "/none"): 200,
    ("id", "/read"): 401,
    ("id", "/either"): 401,
    ("id", "/self"): 401,
    ("access", "/none"): 401,
    ("access", "/read"): 401,
    ("access", "/self"): 200,
    ("machine", "/none"): 401,
    ("machine", "/read"): 200,
    ("machine", "/write"): 401,
    ("machine", "/either"): 200,
    ("machine", "/self"): 401,
    ("refresh", "/none"): 401,
    ("refresh", "/read"): 401,
}


@pytest.fixture(scope="module")
def pool(aws: Aws) -> str:
    users = aws.client("cognito-idp")
    pool = str(users.create_user_pool(PoolName="kinds")["UserPool"]["Id"])
    users.create_user_pool_domain(UserPoolId=pool, Domain="kinds")
    users.create_resource_server(
        UserPoolId=pool,
        Identifier="foods",
        Name="foods",
        Scopes=[{"ScopeName": name, "ScopeDescription": name} for name in ("read", "write")],
    )
    return pool


@pytest.fixture(scope="module")
def tokens(aws: Aws, pool: str) -> dict[str, str]:
    users = aws.client("cognito-idp")
    user = {"UserPoolId": pool, "Username": "kim"}
    users.admin_create_user(**user)
    users.admin_set_user_password(**user, Password=PASSWORD, Permanent=True)
    client = users.create_user_pool_client(
        UserPoolId=pool,
        ClientName="people",
        ExplicitAuthFlows=["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
    )["UserPoolClient"]["ClientId"]
    found = users.initiate_auth(
        AuthFlow="USER_PASSWORD_AUTH",
        ClientId=client,
        AuthParameters={"USERNAME": "kim", "PASSWORD": PASSWORD},
    )["AuthenticationResult"]
    return {
        "id": found["IdToken"],
        "access": found["AccessToken"],
        "refresh": found["RefreshToken"],
        "machine": of_machine(aws, pool),
    }


def of_machine(aws: Aws, pool: str) -> str:
    client = aws.client("cognito-idp").create_user_pool_client(
        UserPoolId=pool,
        ClientName="machines",
        GenerateSecret=True,
        AllowedOAuthFlowsUserPoolClient=True,
        AllowedOAuthFlows=["client_credentials"],
        AllowedOAuthScopes=["foods/read"],
    )["UserPoolClient"]
    answer = aws.http.post(
        f"{aws.endpoint}/oauth2/token",
        data={"grant_type": "client_credentials", "scope": "foods/read"},
        auth=(client["ClientId"], client["ClientSecret"]),
    )
    return str(answer.json()["access_token"])


@pytest.fixture(scope="module")
def api(aws: Aws, pool: str) -> str:
    paths = {path: {"get": mock("in", security=[{"u": s}])} for path, s in SCOPES.items()}
    return aws.import_api(document(paths, components={"securitySchemes": {"u": of_pool(pool)}}))


@pytest.mark.parametrize(
    ("kind", "path", "status"),
    [(kind, path, status) for (kind, path), status in CASES.items()],
    ids=[f"{kind}{path.replace('/', '-')}" for kind, path in CASES],
)
def test_a_token_of_a_kind(
    aws: Aws, api: str, tokens: dict[str, str], kind: str, path: str, status: int
) -> None:
    response = aws.call(api, path, headers={"Authorization": tokens[kind]})
    assert response.status_code == status
    assert response.text == ("in" if status == 200 else '{"message":"Unauthorized"}')
