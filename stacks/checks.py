"""What the pipeline's checks may do in one environment."""

from collections.abc import Mapping, Sequence

from aws_cdk import Stack
from constructs import Construct

from gatewright.checks.permissions import ENVIRONMENT
from gatewright.config import Environment, Pipeline, Platform
from gatewright.delivery.check_role import CheckRole
from gatewright.delivery.names import (
    CheckKind,
    caller_role_name,
    check_kinds,
    check_role_name,
)


class ChecksStack(Stack):
    """A role for each kind of check, which only that check of the pipeline acts with."""

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        stack_name: str,
        platform: Platform,
        pipeline: Pipeline,
        environment: Environment,
        user_pool_arn: str,
        key_ids: Mapping[str, str],
    ) -> None:
        super().__init__(
            scope,
            construct_id,
            stack_name=stack_name,
            termination_protection=environment.protect,
        )
        checks = pipeline.checks_of(environment.name)
        for kind in check_kinds(checks):
            CheckRole(
                self,
                kind,
                name=check_role_name(platform.project, environment.name, kind),
                caller_account=pipeline.account,
                caller_role_arn=self._caller(platform.project, pipeline.account, kind),
                parts=ENVIRONMENT[kind],
                resources={
                    "stacks": self._stack_arns(platform, environment),
                    "user pool": [user_pool_arn],
                    "key": self._key_arns(checks.key_of(kind), key_ids),
                },
            )

    def _caller(self, project: str, account: str, kind: CheckKind) -> str:
        return f"arn:{self.partition}:iam::{account}:role/{caller_role_name(project, kind)}"

    def _stack_arns(self, platform: Platform, environment: Environment) -> list[str]:
        """Of the stacks whose outputs say where everything is."""
        names = ["identity", "plans", *(api.api_name for api in platform.apis)]
        prefix = f"{platform.project}-{environment.name}"
        # The last part is an id that CloudFormation makes.
        return [
            self.format_arn(
                service="cloudformation", resource="stack", resource_name=f"{prefix}-{name}/*"
            )
            for name in names
        ]

    def _key_arns(self, key: str | None, key_ids: Mapping[str, str]) -> Sequence[str]:
        if key is None:
            return ()
        return [
            self.format_arn(
                service="apigateway",
                account="",
                resource="",
                resource_name=f"apikeys/{key_ids[key]}",
            )
        ]
