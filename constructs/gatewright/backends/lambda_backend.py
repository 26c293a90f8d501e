"""A Lambda function behind an API: its log group, its role, the function itself."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from aws_cdk import Aws, Duration, Fn
from aws_cdk import aws_iam as iam
from aws_cdk import aws_lambda as lambda_
from constructs import Construct

from gatewright.bundling.bundle import Bundle
from gatewright.operations.findings import acknowledge
from gatewright.operations.log_groups import LogKeeping, log_group
from gatewright.runtime.variables import RELEASE_VARIABLE

LAMBDA_ALIAS_VARIABLE = "lambdaAlias"
"""The stage variable that holds the name of the alias which a stage calls."""

_RUNTIME = lambda_.Runtime.PYTHON_3_14
_ARCHITECTURE = lambda_.Architecture.ARM_64


@dataclass(frozen=True, kw_only=True)
class FunctionSettings:
    """Everything that a published version of a function freezes.

    ``handler`` is ``module.function``; ``memory_mb`` 128 to 10240; ``timeout_seconds`` 1 to 29,
    API Gateway's default limit for an integration (AWS: "Amazon API Gateway quotas").
    """

    code: Bundle
    handler: str
    memory_mb: int
    timeout_seconds: int
    environment: Mapping[str, str] = field(default_factory=dict)

    @property
    def configuration(self) -> dict[str, Any]:
        """What the release id is made of."""
        return {
            "code": self.code.content_hash,
            "handler": self.handler,
            "memory_mb": self.memory_mb,
            "timeout_seconds": self.timeout_seconds,
            "environment": dict(self.environment),
            "runtime": _RUNTIME.name,
            "architecture": _ARCHITECTURE.name,
        }


class LambdaBackend(Construct):
    """A function with least privilege, JSON logs of its own and active tracing."""

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        settings: FunctionSettings,
        release_id: str,
        logs: LogKeeping,
    ) -> None:
        super().__init__(scope, construct_id)
        self.log_group = log_group(self, "Logs", logs)
        self.role = self._role()
        self.function = self._function(settings, release_id)
        self._acknowledge()

    @property
    def integration_uri(self) -> str:
        """The URI of a proxy integration that calls the alias named by the stage's variable.

        AWS: "Set up a stage variable for a Lambda function alias".
        """
        alias = f"${{stageVariables.{LAMBDA_ALIAS_VARIABLE}}}"
        prefix = f"arn:{Aws.PARTITION}:apigateway:{Aws.REGION}:lambda:path/2015-03-31/functions/"
        return Fn.join("", [prefix, self.function.function_arn, f":{alias}/invocations"])

    def _role(self) -> iam.Role:
        role = iam.Role(self, "Role", assumed_by=iam.ServicePrincipal("lambda.amazonaws.com"))
        self.log_group.grant_write(role)
        return role

    def _function(self, settings: FunctionSettings, release_id: str) -> lambda_.Function:
        return lambda_.Function(
            self,
            "Function",
            runtime=_RUNTIME,
            architecture=_ARCHITECTURE,
            code=lambda_.Code.from_asset(
                str(settings.code.path), asset_hash=settings.code.content_hash
            ),
            handler=settings.handler,
            memory_size=settings.memory_mb,
            timeout=Duration.seconds(settings.timeout_seconds),
            # Its release in the environment makes every function of an API publish a version
            # for every release, also where its own code stayed the same.
            environment={**settings.environment, RELEASE_VARIABLE: release_id},
            role=self.role,
            log_group=self.log_group,
            logging_format=lambda_.LoggingFormat.JSON,
            tracing=lambda_.Tracing.ACTIVE,
        )

    def _acknowledge(self) -> None:
        acknowledge(
            self.role.node.find_child("DefaultPolicy"),
            "IAM5[Resource::*]",
            "X-Ray's PutTraceSegments and PutTelemetryRecords know no resources (AWS: Service "
            "Authorization Reference, X-Ray). Nothing else in the policy has this resource.",
        )
