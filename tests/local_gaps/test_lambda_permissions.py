"""API Gateway invokes a function only with a permission for exactly that function or alias.

'Viewing resource-based IAM policies in Lambda' and 'Invoke a Lambda function ... permissions':
https://docs.aws.amazon.com/lambda/latest/dg/access-control-resource-based.html
https://docs.aws.amazon.com/lambda/latest/dg/services-apigateway.html
https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from tests.local_gaps.functions import AUTHORIZE, two_releases
from tests.local_gaps.roles import role
from tests.local_gaps.running import ACCOUNT, REGION, Aws, document, lambda_proxy, lambda_uri

SOURCE = f"arn:aws:execute-api:{REGION}:{ACCOUNT}:"
ERROR = {"message": "Internal server error"}


@dataclass(frozen=True)
class Case:
    """A permission, what is invoked, and whether that is allowed. `{api}` is the id of the API."""

    allowed: bool
    source: str | None
    permitted: str | None = "green"  # the alias that the permission is for
    invoked: str = ":green"
    more: dict[str, Any] = field(default_factory=dict)


CASES = {
    "the exact source": Case(True, "{api}/live/GET/pets/7"),
    "any method, stage and path": Case(True, "{api}/*/*/*"),
    "path with a wildcard for the variable": Case(True, "{api}/*/GET/pets/*"),
    "? is one character": Case(True, "{api}/live/G?T/pets/?"),
    "no permission at all": Case(False, None),
    "another method": Case(False, "{api}/*/POST/pets/*"),
    "another path": Case(False, "{api}/*/GET/cats/*"),
    "another stage": Case(False, "{api}/beta/GET/pets/*"),
    "another API": Case(False, "0000000000/*/*/*"),
    "an unqualified permission does not cover the alias": Case(False, "{api}/*/*/*", None),
    "another alias's permission": Case(False, "{api}/*/*/*", "blue"),
    "an alias's permission does not cover the function": Case(
        False, "{api}/*/*/*", "green", invoked=""
    ),
    "the function's own permission": Case(True, "{api}/*/*/*", None, invoked=""),
    "an alias that does not exist": Case(False, "{api}/*/*/*", invoked=":none"),
    "another principal": Case(False, "{api}/*/*/*", more={"Principal": "s3.amazonaws.com"}),
    "another action": Case(False, "{api}/*/*/*", more={"Action": "lambda:GetFunction"}),
    "every action": Case(True, "{api}/*/*/*", more={"Action": "lambda:*"}),
    "the account of the source": Case(True, "{api}/*/*/*", more={"SourceAccount": ACCOUNT}),
    "another account": Case(False, "{api}/*/*/*", more={"SourceAccount": "111111111111"}),
    "an invocation by version": Case(False, "{api}/*/*/*", invoked=":2"),
    "a version's own permission": Case(True, "{api}/*/*/*", "2", invoked=":2"),
}


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("kind", ["aws_proxy", "aws"])
def test_integration(aws: Aws, name: str, kind: str) -> None:
    case = CASES[name]
    function = f"permitted-{kind.replace('_', '-')}-{list(CASES).index(name)}"
    arn = two_releases(aws, function)
    operation = lambda_proxy(arn + case.invoked, type=kind)
    api_id = aws.import_api(document({"/pets/{id}": {"get": operation}}))
    if case.source:
        aws.permit(function, SOURCE + case.source.format(api=api_id), case.permitted, **case.more)
    answer = aws.call(api_id, "/pets/7")
    assert answer.status_code == (200 if case.allowed else 500)
    if not case.allowed:
        assert answer.json() == ERROR
        assert answer.headers["x-amzn-ErrorType"] == "InternalServerErrorException"


def test_credentials_do_not_use_the_resource_policy(aws: Aws) -> None:
    arn = two_releases(aws, "by-role")
    may = role(aws, "by-role", ("lambda:InvokeFunction", f"{arn}:green"))
    operation = lambda_proxy(f"{arn}:green", credentials=may)
    api_id = aws.import_api(document({"/a": {"get": operation}}))
    assert aws.call(api_id, "/a").text == "second 2"


def test_the_log_says_which_permission_is_missing(aws: Aws, log: Path) -> None:
    arn = two_releases(aws, "logged")
    api_id = aws.import_api(document({"/a": {"get": lambda_proxy(f"{arn}:green")}}))
    assert aws.call(api_id, "/a").status_code == 500
    line = next(line for line in log.read_text().splitlines() if "logged:green" in line)
    assert f"{SOURCE}{api_id}/live/GET/a" in line


AUTHORIZERS = {
    "the exact authorizer": ("{api}/authorizers/{authorizer}", True),
    "any of the API": ("{api}/*", True),
    "only the methods of the API": ("{api}/*/*/*", False),
    "another authorizer": ("{api}/authorizers/none", False),
    "nothing": (None, False),
}


@pytest.mark.parametrize("name", AUTHORIZERS)
def test_authorizer(aws: Aws, name: str) -> None:
    source, allowed = AUTHORIZERS[name]
    function = f"authorizer-{list(AUTHORIZERS).index(name)}"
    scheme = {
        "type": "apiKey",
        "name": "X-Token",
        "in": "header",
        "x-amazon-apigateway-authorizer": {
            "type": "token",
            "authorizerUri": lambda_uri(aws.function(function, AUTHORIZE)),
        },
    }
    backend = f"{function}-backend"
    operation = lambda_proxy(f"{two_releases(aws, backend)}:green") | {"security": [{"own": []}]}
    aws.permit(backend, f"{SOURCE}*", "green")
    api_id = aws.import_api(
        document({"/a": {"get": operation}}, components={"securitySchemes": {"own": scheme}})
    )
    authorizer = aws.client("apigateway").get_authorizers(restApiId=api_id)["items"][0]["id"]
    if source:
        aws.permit(function, SOURCE + source.format(api=api_id, authorizer=authorizer))
    answer = aws.call(api_id, "/a", headers={"X-Token": "t"})
    assert answer.status_code == (200 if allowed else 500)
    if not allowed:
        assert answer.headers["x-amzn-ErrorType"] == "AuthorizerConfigurationException"
