"""What each part of a check asks of AWS: the source of its roles' policies.

A test runs the parts and compares what they called with these tables.
"""

from collections.abc import Mapping
from types import MappingProxyType

Actions = Mapping[str, str]
"""IAM actions, and the kind of resource that each is about.

``*`` where AWS knows no resource for the action; ``reports`` the objects of the reports' bucket
and ``reports bucket`` itself; ``stacks`` the environment's stacks; ``key`` the one API key,
``/apikeys/<id>``; ``user pool``; ``environment role`` the one of UserParameters; ``secret``;
``records`` the parameters of the releases that are watched; ``functions`` those of the
environment's APIs with their versions and aliases; ``published`` the deployments and stages of
REST APIs, and ``deployment`` each deployment.
"""


def _frozen(actions: dict[str, str]) -> Actions:
    return MappingProxyType(actions)


ACTIONS: Mapping[str, Actions] = MappingProxyType(
    {
        # By the function's own role.
        "result": _frozen(
            {"codepipeline:PutJobSuccessResult": "*", "codepipeline:PutJobFailureResult": "*"}
        ),
        "report": _frozen({"s3:PutObject": "reports"}),
        "earlier report": _frozen({"s3:GetObject": "reports"}),
        "role": _frozen({"sts:AssumeRole": "environment role"}),
        "secret": _frozen({"secretsmanager:GetSecretValue": "secret"}),
        # Without it, S3 answers 403 instead of 404 for a result that is not there yet.
        "callback": _frozen(
            {
                "s3:PutObject": "reports",
                "s3:GetObject": "reports",
                "s3:ListBucket": "reports bucket",
            }
        ),
        # By the environment's role, or the function's where UserParameters name none.
        "outputs": _frozen({"cloudformation:DescribeStacks": "stacks"}),
        "releases": _frozen(
            {
                "cloudformation:DescribeStacks": "stacks",
                "cloudformation:DescribeChangeSet": "stacks",
                "ssm:GetParameter": "records",
            }
        ),
        "kept releases": _frozen(
            {
                "cloudformation:ListStackResources": "stacks",
                "apigateway:GET": "published",
                "apigateway:DELETE": "deployment",
                "lambda:ListAliases": "functions",
                "lambda:ListVersionsByFunction": "functions",
                "lambda:GetPolicy": "functions",
                "lambda:RemovePermission": "functions",
                "lambda:DeleteAlias": "functions",
                "lambda:DeleteFunction": "functions",
            }
        ),
        "key": _frozen({"apigateway:GET": "key"}),
        "machine": _frozen({"cognito-idp:DescribeUserPoolClient": "user pool"}),
        "users": _frozen(
            {
                "cognito-idp:CreateUserPoolClient": "user pool",
                "cognito-idp:DeleteUserPoolClient": "user pool",
                "cognito-idp:AdminCreateUser": "user pool",
                "cognito-idp:AdminSetUserPassword": "user pool",
                "cognito-idp:AdminInitiateAuth": "user pool",
                "cognito-idp:AdminRespondToAuthChallenge": "user pool",
                "cognito-idp:AdminDeleteUser": "user pool",
            }
        ),
    }
)
"""Actions by the part of a check that needs them.

Artifacts are read with credentials that CodePipeline sends. Encrypted reports and secrets need
their key besides: kms:GenerateDataKey and kms:Decrypt, and kms:Decrypt.
"""

OWN: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "contract": ("result", "report", "earlier report", "role"),
        "smoke": ("result", "report", "earlier report", "role"),
        "load": ("result", "report", "earlier report", "role"),
        "canary": ("result", "role"),
        "sweep": ("result", "role"),
        "third-party": ("result", "report", "role", "secret"),
        "third-party callback": ("result", "report", "role", "secret", "callback"),
    }
)
"""The parts of each action that its function's own role is for; ``role`` where one is named."""

ENVIRONMENT: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "contract": ("outputs", "key", "machine", "users"),
        "fuzz": ("outputs", "key", "machine", "users"),
        "smoke": ("outputs", "key", "machine"),
        "load": ("outputs", "key", "machine"),
        "third-party": ("outputs",),
        "canary": ("releases",),
        "sweep": ("kept releases",),
    }
)
"""The parts of each suite that the environment's role is for; ``users`` where they are made."""
