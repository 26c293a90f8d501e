"""What the pipeline's checks may do in one environment."""

from collections.abc import Mapping, Sequence

from aws_cdk import ArnFormat, Stack
from constructs import Construct

from gatewright.checks.permissions import ENVIRONMENT
from gatewright.config import Environment, Pipeline, Platform
from gatewright.delivery.check_role import CheckRole
from gatewright.delivery.names import (
    SWEEP,
    CheckKind,
    OwnKind,
    caller_role_name,
    check_kinds,
    check_role_name,
)

# A function's name has 64 characters: its stack's name, its logical id, and 12 random ones.
_STACK_IN_NAME = 24


class ChecksStack(Stack):
    """A role for each kind of check, which only that check of the pipeline acts with, and one for
    removing old releases."""

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
        self._platform = platform
        self._pipeline = pipeline
        self._environment = environment
        apis = [api.api_name for api in platform.apis]
        stacks = self._stack_arns("identity", "plans", *apis)
        checks = pipeline.checks_of(environment.name)
        for kind in check_kinds(checks):
            key = self._key_arns(checks.key_of(kind), key_ids)
            self._role(kind, {"stacks": stacks, "user pool": [user_pool_arn], "key": key})
        self._role(SWEEP, {"stacks": self._stack_arns(*apis), **self._releases(apis)})

    def _role(self, kind: CheckKind | OwnKind, resources: Mapping[str, Sequence[str]]) -> None:
        project, account = self._platform.project, self._pipeline.account
        caller = caller_role_name(project, kind)
        CheckRole(
            self,
            kind,
            name=check_role_name(project, self._environment.name, kind),
            caller_account=account,
            caller_role_arn=f"arn:{self.partition}:iam::{account}:role/{caller}",
            parts=ENVIRONMENT[kind],
            resources=resources,
        )

    def _releases(self, apis: Sequence[str]) -> dict[str, Sequence[str]]:
        """What a release leaves."""
        return {
            "functions": self._function_arns(apis),
            "published": self._rest_api_arns("deployments", "stages"),
            "deployment": self._rest_api_arns("deployments/*"),
        }

    @property
    def _prefix(self) -> str:
        return f"{self._platform.project}-{self._environment.name}"

    def _stack_arns(self, *names: str) -> list[str]:
        # The last part is an id that CloudFormation makes.
        return [
            self.format_arn(
                service="cloudformation", resource="stack", resource_name=f"{self._prefix}-{name}/*"
            )
            for name in names
        ]

    def _function_arns(self, apis: Sequence[str]) -> list[str]:
        """Of the functions of APIs, their versions and aliases.

        CloudFormation names a function after its stack, of whose name it may take the beginning.
        """
        stacks = [f"{self._prefix}-{api}-" for api in apis]
        return [
            self.format_arn(
                service="lambda",
                resource="function",
                resource_name=f"{name}*",
                arn_format=ArnFormat.COLON_RESOURCE_NAME,
            )
            for name in sorted({stack[:_STACK_IN_NAME] for stack in stacks})
        ]

    def _rest_api_arns(self, *parts: str) -> list[str]:
        # API Gateway makes the ids of REST APIs, and their stacks export none.
        return [
            self.format_arn(
                service="apigateway",
                account="",
                resource="",
                resource_name=f"restapis/*/{part}",
            )
            for part in parts
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
