"""Groups of users that stand for scopes, and the trigger that puts those into tokens."""

from collections.abc import Sequence
from pathlib import Path

from aws_cdk import Duration
from aws_cdk import aws_cognito as cognito
from aws_cdk import aws_iam as iam
from aws_cdk import aws_lambda as lambda_
from constructs import Construct

from gatewright.operations.log_groups import LogKeeping, log_group
from gatewright.runtime import scope_grants


class ScopeGrants(Construct):
    """A group for each scope, of its name: who is in it gets the scope with every access token.

    Machines ask for scopes; users who sign in get none from Cognito, and to let them ask would
    let whoever signs up grant themselves everything. Operators put users into groups. AWS: "Pre
    token generation Lambda trigger" (version 2, of the Essentials plan), "Adding groups to a user
    pool".
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        pool: cognito.UserPool,
        scopes: Sequence[str],
        logs: LogKeeping,
    ) -> None:
        super().__init__(scope, construct_id)
        self._groups(pool, scopes)
        pool.add_trigger(
            cognito.UserPoolOperation.PRE_TOKEN_GENERATION_CONFIG,
            self._function(logs),
            cognito.LambdaVersion.V2_0,
        )

    def _groups(self, pool: cognito.UserPool, scopes: Sequence[str]) -> None:
        for name in scopes:
            cognito.CfnUserPoolGroup(
                self,
                f"Group-{name}",
                user_pool_id=pool.user_pool_id,
                group_name=name,
                description=f"Users whose access tokens carry the scope {name}",
            )

    def _function(self, logs: LogKeeping) -> lambda_.Function:
        group = log_group(self, "Logs", logs)
        role = iam.Role(self, "Role", assumed_by=iam.ServicePrincipal("lambda.amazonaws.com"))
        group.grant_write(role)
        return lambda_.Function(
            self,
            "Function",
            runtime=lambda_.Runtime.PYTHON_3_14,
            architecture=lambda_.Architecture.ARM_64,
            handler="index.handler",
            code=lambda_.Code.from_inline(Path(scope_grants.__file__).read_text()),
            # Cognito gives a trigger five seconds. AWS: "Things to know about Lambda triggers".
            timeout=Duration.seconds(5),
            memory_size=128,
            role=role,
            log_group=group,
            logging_format=lambda_.LoggingFormat.JSON,
        )
