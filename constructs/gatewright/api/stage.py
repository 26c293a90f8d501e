"""A stage: the deployment it serves, the release it calls, its logs, its metrics."""

from collections.abc import Mapping

from aws_cdk import ArnFormat, Stack
from aws_cdk import aws_apigateway as apigateway
from constructs import Construct, IDependable

from gatewright.api.access_log import access_log_format
from gatewright.api.deployment import Deployment
from gatewright.api.rest_api import RestApi
from gatewright.operations.findings import acknowledge
from gatewright.operations.log_groups import LogKeeping, log_group

STAGE_NAME = "live"


class Stage(Construct):
    """A stage that logs every request, measures every method and traces.

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
        logs: LogKeeping,
        after: list[IDependable],
    ) -> None:
        super().__init__(scope, construct_id)
        self.stage_name = STAGE_NAME
        self.access_logs = log_group(self, "AccessLogs", logs)
        resource = apigateway.CfnStage(
            self,
            "Resource",
            stage_name=self.stage_name,
            rest_api_id=rest_api.rest_api_id,
            deployment_id=deployment.deployment_id,
            variables=dict(variables),
            tracing_enabled=True,
            access_log_setting=self._access_log_setting(),
            method_settings=[_every_method()],
        )
        resource.node.add_dependency(*after)
        acknowledge(
            resource,
            "APIG3",
            "A web ACL is billed at rest and by request; which rules fit is the owner's choice. "
            "Authorizers, models and the plans' limits stand before the function.",
        )

    def _access_log_setting(self) -> apigateway.CfnStage.AccessLogSettingProperty:
        # CloudFormation's ARN of a log group ends in ":*"; API Gateway wants it without.
        destination = Stack.of(self).format_arn(
            service="logs",
            resource="log-group",
            resource_name=self.access_logs.log_group_name,
            arn_format=ArnFormat.COLON_RESOURCE_NAME,
        )
        return apigateway.CfnStage.AccessLogSettingProperty(
            destination_arn=destination, format=access_log_format()
        )


def _every_method() -> apigateway.CfnStage.MethodSettingProperty:
    return apigateway.CfnStage.MethodSettingProperty(
        resource_path="/*",
        http_method="*",
        logging_level="ERROR",
        metrics_enabled=True,
        data_trace_enabled=False,
    )
