"""A stage: the deployment it serves, the release it calls, its logs, its metrics."""

from collections.abc import Mapping, Sequence
from typing import Any

from aws_cdk import ArnFormat, Fn, Stack
from aws_cdk import aws_apigateway as apigateway
from constructs import Construct, IDependable

from gatewright.api.access_log import access_log_format
from gatewright.api.method_settings import method_settings
from gatewright.api.rest_api import RestApi
from gatewright.api.stage_settings import STAGE_NAME, StageSettings
from gatewright.operations.findings import acknowledge
from gatewright.operations.log_groups import LogKeeping, log_group


class Stage(Construct):
    """A stage that logs every request, measures and limits every method, and traces.

    Deployment and variables are properties of one resource, so CloudFormation changes both in
    one UpdateStage: contract and code move together. Execution logs hold errors only by default,
    and never bodies, because bodies hold personal data.
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        rest_api: RestApi,
        settings: StageSettings,
        deployment_id: str,
        variables: Mapping[str, str],
        logs: LogKeeping,
        after: list[IDependable],
    ) -> None:
        super().__init__(scope, construct_id)
        self.stage_name = settings.name
        self.access_logs = log_group(self, "AccessLogs", logs)
        self.execution_logs = self._execution_logs(rest_api, logs)
        self._resource = apigateway.CfnStage(
            self,
            "Resource",
            stage_name=self.stage_name,
            rest_api_id=rest_api.rest_api_id,
            deployment_id=deployment_id,
            variables=dict(variables) or None,
            tracing_enabled=True,
            access_log_setting=self._access_log_setting(),
            method_settings=method_settings(settings),
            **_cache_cluster(settings),
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


def _cache_cluster(settings: StageSettings) -> dict[str, Any]:
    if settings.cache is None:
        return {}
    return {"cache_cluster_enabled": True, "cache_cluster_size": settings.cache.size}


def stage_id(settings: StageSettings, stages: Sequence[StageSettings]) -> str:
    """The construct id of one of ``stages``: the plain one where it is the only one."""
    return "Stage" if is_alone(stages) else f"Stage-{settings.name}"


def is_alone(stages: Sequence[StageSettings]) -> bool:
    """Whether the API has the one stage that is there by default."""
    return [settings.name for settings in stages] == [STAGE_NAME]


def stage_url(rest_api: RestApi, stage_name: str) -> str:
    """A stage's address on AWS, with a slash at its end."""
    stack = Stack.of(rest_api)
    host = f"{rest_api.rest_api_id}.execute-api.{stack.region}.{stack.url_suffix}"
    return f"https://{host}/{stage_name}/"
