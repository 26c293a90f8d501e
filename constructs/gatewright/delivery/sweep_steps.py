"""Steps that remove the releases of an environment which nobody goes back to any more."""

from collections.abc import Sequence

from aws_cdk import Stack, pipelines
from constructs import Construct

from gatewright.config import Environment
from gatewright.delivery.checks import CheckSettings
from gatewright.delivery.lambda_step import LambdaStep
from gatewright.delivery.names import EXECUTION, SWEEP, check_role_name
from gatewright.delivery.own_function import own_function

_HANDLER = "gatewright.checks.release_sweep.handler"


class SweepSteps(Construct):
    """A Lambda action for each environment, when all of its checks have passed.

    CloudFormation keeps the deployment, aliases and versions of a release, so that `make
    release-rollback` can go back to it and callers of before a deployment are answered. Those
    older than the last few are removed by nobody else.
    """

    def __init__(self, scope: Construct, construct_id: str, *, settings: CheckSettings) -> None:
        super().__init__(scope, construct_id)
        self._settings = settings
        self._function = own_function(
            self, "Sweep", settings=settings, kind=SWEEP, handler=_HANDLER
        )

    def step(self, environment: Environment, after: Sequence[pipelines.Step]) -> pipelines.Step:
        """The step of one environment, after those of ``after``."""
        project, name = self._settings.project, environment.name
        role = check_role_name(project, name, SWEEP)
        arn = f"arn:{Stack.of(self).partition}:iam::{environment.account}:role/{role}"
        self._function.allow_role(arn)
        step = LambdaStep(
            f"{name}-{SWEEP}",
            function=self._function.function,
            parameters={
                "project": project,
                "environment": name,
                "region": environment.region,
                "role": arn,
                "execution": EXECUTION,
                "keep": environment.keep_releases,
            },
            documents=self._settings.documents,
        )
        for each in after:
            step.add_step_dependency(each)
        return step

    def finish(self) -> None:
        """Call it when every environment has its step."""
        self._function.accept()
