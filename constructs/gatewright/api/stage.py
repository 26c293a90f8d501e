"""A stage: the deployment it serves, the release it calls, its logs, its metrics."""

from collections.abc import Mapping
from dataclasses import dataclass

from aws_cdk import ArnFormat, Fn, Stack
from aws_cdk import aws_apigateway as apigateway
from constructs import Construct, IDependable

from gatewright.api.access_log import access_log_format
from gatewright.api.deployment import Deployment
from gatewright.api.rest_api import RestApi
from gatewright.operations.findings import acknowledge
from gatewright.operations.log_groups import LogKeeping, log_group

STAGE_NAME = "live"


@dataclass(frozen=True, kw_only=True)
class Throttle:
    """The most that all callers of one method may send together.

    ``rate`` is requests a second for long, ``burst`` requests at once. It holds also where no API
    key is asked for. AWS: "Throttle requests to your REST APIs".
    """

    rate: float = 1000
    burst: int = 2000


class Stage(Construct):
    """A stage that logs every request, measures and limits every method, and traces.

    Deployment and variables are properties of one resource, so CloudFormation changes both in
    one UpdateStage: contract and code move together. Execution logs hold errors only, without
    bodies, because bodies hold personal data.
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        rest_api: RestApi,
        deployment: Deployment,
        variables: Mapping[str, str],
        throttle: Throttle,
        logs: LogKeeping,
        after: list[IDependable],
    ) -> None:
        super().__init__(scope, construct_id)
        self.stage_name = STAGE_NAME
        self.access_logs = log_group(self, "AccessLogs", logs)
        self.execution_logs = self._execution_logs(rest_api, logs)
        self._resource = apigateway.CfnStage(
            self,
            "Resource",
            stage_name=self.stage_name,
            rest_api_id=rest_api.rest_api_id,
            deployment_id=deployment.deployment_id,
            variables=dict(variables) or None,
            tracing_enabled=True,
            access_log_setting=self._access_log_setting(),
            method_settings=[_every_method(throttle)],
        )
        self._resource.node.add_dependency(self.execution_logs, *after)
        self._acknowledge()

    def _execution_logs(self, rest_api: RestApi, logs: LogKeeping) -> IDependable:
        # API Gateway makes a group of this name that never forgets, unless there is one.
        # AWS: "Set up CloudWatch logging for REST APIs in API Gateway".
        name = ["API-Gateway-Execution-Logs_", rest_api.rest_api_id, f"/{self.stage_name}"]
        return log_group(self, "ExecutionLogs", logs, name=Fn.join("", name))

    def _access_log_setting(self) -> apigateway.CfnStage.AccessLogSettingProperty:
        # The ARN of a log group ends in ":*" in CloudFormation; API Gateway wants it without.
        destination = Stack.of(self).format_arn(
            service="logs",
            resource="log-group",
            resource_name=self.access_logs.log_group_name,
            arn_format=ArnFormat.COLON_RESOURCE_NAME,
        )
        return apigateway.CfnStage.AccessLogSettingProperty(
            destination_arn=destination, format=access_log_format()
        )

    def _acknowledge(self) -> None:
        acknowledge(
            self._resource,
            "APIG3",
            "A web ACL is billed at rest and by request; which rules fit is the owner's choice. "
            "Every method has a limit, and authorizers and models stand before the function.",
        )


def stage_url(scope: Construct, rest_api: RestApi, stage: Stage) -> str:
    """A stage's address on AWS, with a slash at its end."""
    stack = Stack.of(scope)
    host = f"{rest_api.rest_api_id}.execute-api.{stack.region}.{stack.url_suffix}"
    return f"https://{host}/{stage.stage_name}/"


def _every_method(throttle: Throttle) -> apigateway.CfnStage.MethodSettingProperty:
    return apigateway.CfnStage.MethodSettingProperty(
        resource_path="/*",
        http_method="*",
        logging_level="ERROR",
        metrics_enabled=True,
        data_trace_enabled=False,
        throttling_rate_limit=throttle.rate,
        throttling_burst_limit=throttle.burst,
    )
