"""What a stage waits for: its release has been tried on a share of the requests."""

from collections.abc import Mapping
from typing import Any

from aws_cdk import ArnFormat, CustomResource, Stack
from aws_cdk import aws_iam as iam
from constructs import Construct, IDependable

from gatewright.backends.lambda_backend import LAMBDA_ALIAS_VARIABLE
from gatewright.canary.record import RECORD, WISH
from gatewright.operations.wildcards import acknowledge_wildcards
from gatewright.release.canary_alarms import CanaryAlarms
from gatewright.release.canary_settings import CanarySettings

RESOURCE_TYPE = "Custom::CanaryBake"


class CanaryBake(Construct):
    """Puts a deployment and its variables on the stage as a canary, and watches the alarms.

    When it succeeds, CloudFormation goes on to the stage itself, which moves everybody; when it
    fails, CloudFormation takes back what the release had made. Either way the stage has no canary
    settings then. ``aliases`` are the functions of the release and their aliases; ``smoke`` are
    the calls that it must answer first, as ``smoke_calls`` writes them, or nothing; ``after`` is
    what must be there first.
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        settings: CanarySettings,
        rest_api_id: str,
        api_name: str,
        stage_name: str,
        alarm_prefix: str,
        deployment_id: str,
        variables: Mapping[str, str],
        aliases: Mapping[str, tuple[str, str]],
        smoke: str,
        after: list[IDependable],
    ) -> None:
        super().__init__(scope, construct_id)
        self._settings = settings
        alarms = CanaryAlarms(
            self,
            "Alarms",
            prefix=alarm_prefix,
            api_name=api_name,
            stage_name=stage_name,
            aliases=aliases,
            thresholds=settings.thresholds,
            period_seconds=settings.period_seconds,
        )
        policy = self._policy(rest_api_id, stage_name, alarms, tests=bool(smoke))
        resource = CustomResource(
            self,
            "Resource",
            resource_type=RESOURCE_TYPE,
            service_token=settings.service_token,
            properties={
                "RestApiId": rest_api_id,
                "StageName": stage_name,
                "ApiName": api_name,
                "DeploymentId": deployment_id,
                "Variables": dict(variables),
                "AliasVariable": LAMBDA_ALIAS_VARIABLE,
                **self._judgement(alarms),
                **({"Smoke": smoke} if smoke else {}),
            },
        )
        resource.node.add_dependency(alarms, policy, *after)

    def _judgement(self, alarms: CanaryAlarms) -> dict[str, Any]:
        """How the controller goes on, as `gatewright.canary.release` reads it."""
        settings = self._settings
        return {
            "Steps": list(settings.steps),
            "BakeSeconds": list(settings.bakes),
            "Alarms": [*alarms.names, *settings.thresholds.others],
            "CanaryAlarms": alarms.names,
            "PeriodSeconds": settings.period_seconds,
            "SettleSeconds": settings.settle_seconds,
            "Parameter": settings.parameter,
        }

    def _policy(
        self, rest_api_id: str, stage_name: str, alarms: CanaryAlarms, *, tests: bool
    ) -> iam.Policy:
        """What the controller may do for this stage, and for no other."""
        stack = Stack.of(self)
        parameters = [
            stack.format_arn(
                service="ssm", resource="parameter", resource_name=f"{path.lstrip('/')}/{name}"
            )
            for path in [self._settings.parameter]
            for name in (RECORD, WISH)
        ]
        api = f"restapis/{rest_api_id}"
        stage_arn = self._gateway_arn(f"{api}/stages/{stage_name}")
        # TestInvokeMethod is the one POST there. AWS: "Actions, resources, and condition keys for
        # Amazon API Gateway Management".
        testing = [
            _allow(["apigateway:GET"], [self._gateway_arn(f"{api}/resources")]),
            _allow(["apigateway:POST"], [self._gateway_arn(f"{api}/resources/*/methods/*")]),
        ]
        role = iam.Role.from_role_name(self, "Controller", self._settings.role_name)
        policy = iam.Policy(
            self,
            "Policy",
            roles=[role],
            statements=[
                _allow(["apigateway:GET", "apigateway:PATCH"], [stage_arn]),
                _allow(["cloudwatch:DescribeAlarms"], [*alarms.arns, *self._others()]),
                _allow(["ssm:GetParameter", "ssm:PutParameter", "ssm:DeleteParameter"], parameters),
                _allow(["cloudformation:DescribeStacks"], [stack.stack_id]),
                *(testing if tests else []),
            ],
        )
        if tests:
            why = "API Gateway gives the resources their ids when it imports the contract."
            acknowledge_wildcards(policy, why)
        return policy

    def _gateway_arn(self, path: str) -> str:
        return Stack.of(self).format_arn(
            service="apigateway", account="", resource="", resource_name=path
        )

    def _others(self) -> list[str]:
        return [
            Stack.of(self).format_arn(
                service="cloudwatch",
                resource="alarm",
                resource_name=name,
                arn_format=ArnFormat.COLON_RESOURCE_NAME,
            )
            for name in self._settings.thresholds.others
        ]


def _allow(actions: list[str], resources: list[str]) -> iam.PolicyStatement:
    return iam.PolicyStatement(actions=actions, resources=resources)
