"""A Lambda function behind an API: its log group, its role, the function itself."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from aws_cdk import Aws, Duration, Fn, Stack
from aws_cdk import aws_iam as iam
from aws_cdk import aws_lambda as lambda_
from constructs import Construct

from gatewright.backends.bundled_code import BundledCode
from gatewright.backends.container_image import ContainerImage, ImageCode
from gatewright.backends.table import TableUse, allow_table
from gatewright.bundling import Bundle
from gatewright.operations.findings import acknowledge
from gatewright.operations.log_groups import LogKeeping, log_group
from gatewright.runtime.variables import RELEASE_VARIABLE

LAMBDA_ALIAS_VARIABLE = "lambdaAlias"
"""The stage variable that holds the name of the alias which a stage calls."""

_RUNTIME = lambda_.Runtime.PYTHON_3_14
_ARCHITECTURE = lambda_.Architecture.ARM_64
_LOG_FORMAT = lambda_.LoggingFormat.JSON
_TRACING = lambda_.Tracing.ACTIVE


@dataclass(frozen=True, kw_only=True)
class FunctionSettings:
    """What a service decides about its function.

    ``handler`` is ``module.function``; ``memory_mb`` 128 to 10240; ``timeout_seconds`` 1 to 28,
    so that the function ends before API Gateway gives up on it (AWS: "Amazon API Gateway quotas"),
    and 1 to 900 where it streams. ``tables`` are the tables that it may use; their names are for
    ``environment`` to tell. An image has its own handler, and ``handler`` is empty.
    """

    code: Bundle | ContainerImage
    handler: str
    memory_mb: int
    timeout_seconds: int
    environment: Mapping[str, str] = field(default_factory=dict)
    tables: Sequence[TableUse] = ()


class LambdaBackend(Construct):
    """A function with least privilege, JSON logs of its own and active tracing."""

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        settings: FunctionSettings,
        logs: LogKeeping,
    ) -> None:
        super().__init__(scope, construct_id)
        self._settings = settings
        self.log_group = log_group(self, "Logs", logs)
        self.role = self._role()
        self.function = self._function()
        self._acknowledge()

    @property
    def configuration(self) -> Any:
        """Everything that a published version freezes, with tokens resolved, but its release.

        AWS: "Manage Lambda function versions". A changed part must give a new release, or callers
        would stay on a version that was frozen with the old one.
        """
        settings = self._settings
        return Stack.of(self).resolve(
            {
                "code": settings.code.content_hash,
                "handler": settings.handler,
                "memory_mb": settings.memory_mb,
                "timeout_seconds": settings.timeout_seconds,
                "environment": dict(settings.environment),
                "runtime": _RUNTIME.name,
                "architecture": self._architecture.name,
                "role": self.role.role_arn,
                "log_group": self.log_group.log_group_name,
                "log_format": _LOG_FORMAT.name,
                "tracing": _TRACING.name,
            }
        )

    @property
    def invocation_uri(self) -> str:
        """The URI by which an integration or an authorizer calls the stage variable's alias.

        AWS: "Set up a stage variable for a Lambda function alias".
        """
        return self._uri("2015-03-31", "invocations")

    @property
    def streaming_uri(self) -> str:
        """The URI by which an integration has the alias stream its answer.

        AWS: "Set up a Lambda proxy integration with payload response streaming".
        """
        return self._uri("2021-11-15", "response-streaming-invocations")

    def _uri(self, version: str, action: str) -> str:
        alias = f"${{stageVariables.{LAMBDA_ALIAS_VARIABLE}}}"
        prefix = f"arn:{Aws.PARTITION}:apigateway:{Aws.REGION}:lambda:path/{version}/functions/"
        return Fn.join("", [prefix, self.function.function_arn, f":{alias}/{action}"])

    def mark_release(self, release_id: str) -> None:
        """Tell the function its release, for its logs.

        It also makes every function of an API publish a version for every release, where its own
        code stayed the same: Lambda publishes no second version of an unchanged function.
        """
        self.function.add_environment(RELEASE_VARIABLE, release_id)

    def _role(self) -> iam.Role:
        role = iam.Role(self, "Role", assumed_by=iam.ServicePrincipal("lambda.amazonaws.com"))
        self.log_group.grant_write(role)
        for use in self._settings.tables:
            allow_table(role, use)
        return role

    def _function(self) -> lambda_.Function:
        settings = self._settings
        is_image = isinstance(settings.code, ContainerImage)
        return lambda_.Function(
            self,
            "Function",
            runtime=lambda_.Runtime.FROM_IMAGE if is_image else _RUNTIME,
            architecture=self._architecture,
            code=self._code(),
            handler=lambda_.Handler.FROM_IMAGE if is_image else settings.handler,
            memory_size=settings.memory_mb,
            timeout=Duration.seconds(settings.timeout_seconds),
            environment=dict(settings.environment),
            role=self.role,
            log_group=self.log_group,
            logging_format=_LOG_FORMAT,
            tracing=_TRACING,
        )

    @property
    def _architecture(self) -> lambda_.Architecture:
        code = self._settings.code
        if isinstance(code, ContainerImage) and code.architecture == "x86_64":
            return lambda_.Architecture.X86_64
        return _ARCHITECTURE

    def _code(self) -> lambda_.Code:
        code = self._settings.code
        return ImageCode(code) if isinstance(code, ContainerImage) else BundledCode(code)

    def _acknowledge(self) -> None:
        acknowledge(
            self.role.node.find_child("DefaultPolicy"),
            "IAM5[Resource::*]",
            "X-Ray's PutTraceSegments and PutTelemetryRecords know no resources (AWS: Service "
            "Authorization Reference, X-Ray). Nothing else in the policy has this resource.",
        )
