"""Who carries out the canaries of an environment: one controller for all of its stages."""

from aws_cdk import Duration
from aws_cdk import aws_iam as iam
from aws_cdk import aws_lambda as lambda_
from aws_cdk import custom_resources as cr
from constructs import Construct

from gatewright.backends.bundled_code import BundledCode
from gatewright.bundling import Bundle
from gatewright.bundling.canary import IS_COMPLETE, ON_EVENT
from gatewright.canary.handler import NAMESPACE_VARIABLE
from gatewright.operations.findings import acknowledge
from gatewright.operations.log_groups import LogKeeping, log_group
from gatewright.operations.wildcards import acknowledge_wildcards, policy_of

# Waiting for a policy to be known takes up to a minute of it.
_BEGIN = Duration.minutes(3)
_LOOK = Duration.minutes(1)
_MEMORY_MB = 256
_BASIC_EXECUTION = "arn:<AWS::Partition>:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"
# What CloudFormation waits for a custom resource at most.
_MOST = Duration.hours(1)


class CanaryController(Construct):
    """Two functions behind the CDK's provider, which calls the second until it is done.

    ``role_name`` is given to their role, to which each stage's `CanaryBake` adds what it needs.
    ``look_seconds`` is the time between two looks; ``namespace`` that of its metrics.
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        code: Bundle,
        role_name: str,
        namespace: str,
        look_seconds: int,
        logs: LogKeeping,
    ) -> None:
        super().__init__(scope, construct_id)
        self._code = code
        self._namespace = namespace
        self._log_group = log_group(self, "Logs", logs)
        self.role = self._role(role_name)
        provider = cr.Provider(
            self,
            "Provider",
            on_event_handler=self._function("Begin", ON_EVENT, _BEGIN),
            is_complete_handler=self._function("Look", IS_COMPLETE, _LOOK),
            query_interval=Duration.seconds(look_seconds),
            total_timeout=_MOST,
            log_group=log_group(self, "ProviderLogs", logs),
        )
        self.service_token = provider.service_token
        self._acknowledge(provider)

    def _role(self, name: str) -> iam.Role:
        role = iam.Role(
            self,
            "Role",
            role_name=name,
            description="Tries releases on a share of the requests",
            assumed_by=iam.ServicePrincipal("lambda.amazonaws.com"),
        )
        self._log_group.grant_write(role)
        role.add_to_policy(
            iam.PolicyStatement(actions=["cloudwatch:GetMetricData"], resources=["*"])
        )
        return role

    def _function(self, construct_id: str, handler: str, timeout: Duration) -> lambda_.Function:
        return lambda_.Function(
            self,
            construct_id,
            runtime=lambda_.Runtime.PYTHON_3_14,
            architecture=lambda_.Architecture.ARM_64,
            code=BundledCode(self._code),
            handler=handler,
            memory_size=_MEMORY_MB,
            timeout=timeout,
            environment={NAMESPACE_VARIABLE: self._namespace},
            role=self.role,
            log_group=self._log_group,
            logging_format=lambda_.LoggingFormat.JSON,
            tracing=lambda_.Tracing.ACTIVE,
        )

    def _acknowledge(self, provider: cr.Provider) -> None:
        acknowledge_wildcards(
            policy_of(self.role),
            "GetMetricData, and X-Ray's PutTraceSegments and PutTelemetryRecords, know no "
            "resources (AWS: Service Authorization Reference).",
        )
        frame = "The CDK's own provider framework"
        acknowledge(
            provider, f"IAM4[Policy::{_BASIC_EXECUTION}]", f"{frame}: its functions write logs."
        )
        for construct in provider.node.find_all():
            if isinstance(construct, iam.Policy):
                acknowledge_wildcards(
                    construct, f"{frame} calls any version of two functions, and writes its log."
                )
        looks = "The waiter only calls the function that looks, which logs and is traced."
        for rule in ("SF1", "SF2"):
            acknowledge(provider, rule, looks)
