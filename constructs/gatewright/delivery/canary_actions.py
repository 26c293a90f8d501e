"""Shows canaries in the pipeline, beside the actions that deploy what has them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from aws_cdk import Stack
from aws_cdk import aws_codepipeline as codepipeline
from aws_cdk import aws_codepipeline_actions as actions
from constructs import Construct

from gatewright.config import Environment
from gatewright.delivery.checks import CheckSettings
from gatewright.delivery.names import CANARY, EXECUTION, check_role_name
from gatewright.delivery.own_function import own_function

_HANDLER = "gatewright.checks.canary_watch.handler"
_MOST_ACTIONS = 50  # of a stage. AWS: CodePipeline, "Quotas"


@dataclass(frozen=True, kw_only=True)
class WatchedEnvironment:
    """``records`` are its releases by the stacks whose deployments make them."""

    environment: Environment
    records: Mapping[str, Sequence[str]]


class CanaryActions(Construct):
    """A Lambda action at the time of each deployment that may have a canary.

    CloudFormation's own action says that it deploys; this one says which step a canary is at, and
    why it stopped. AWS CDK's pipelines have steps before and after deployments and none beside
    them, so it is added to the stages that they made.
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        settings: CheckSettings,
        watched: Sequence[WatchedEnvironment],
    ) -> None:
        super().__init__(scope, construct_id)
        self._project = settings.project
        self._watched = watched
        self._function = own_function(
            self, "Watch", settings=settings, kind=CANARY, handler=_HANDLER
        )
        for each in watched:
            self._function.allow_role(self._role_arn(each.environment))
        self._function.accept()

    def add_to(self, pipeline: codepipeline.Pipeline) -> None:
        """Add the actions, once the pipeline has its stages."""
        for stage in pipeline.stages:
            deploys = {
                action.action_properties.action_name: action.action_properties.run_order or 1
                for action in stage.actions
            }
            for each in self._watched:
                for number, (run_order, records) in enumerate(_groups(deploys, each), 1):
                    if len(stage.actions) < _MOST_ACTIONS:
                        stage.add_action(self._action(each.environment, number, run_order, records))

    def _action(
        self, environment: Environment, number: int, run_order: float, records: Sequence[str]
    ) -> codepipeline.IAction:
        suffix = "" if number == 1 else f"-{number}"
        return actions.LambdaInvokeAction(
            action_name=f"{environment.name}-{CANARY}{suffix}",
            run_order=run_order,
            lambda_=self._function.function,
            user_parameters={
                "project": self._project,
                "environment": environment.name,
                "region": environment.region,
                "role": self._role_arn(environment),
                "execution": EXECUTION,
                "records": list(records),
            },
        )

    def _role_arn(self, environment: Environment) -> str:
        role = check_role_name(self._project, environment.name, CANARY)
        return f"arn:{Stack.of(self).partition}:iam::{environment.account}:role/{role}"


def _groups(
    deploys: Mapping[str, float], watched: WatchedEnvironment
) -> list[tuple[float, list[str]]]:
    """The records whose stacks are deployed at the same time, by that time's run order."""
    found: dict[float, list[str]] = {}
    for stack, records in watched.records.items():
        for action, run_order in deploys.items():
            # In a wave of several environments, the environment's name comes first.
            if action == f"{stack}.Deploy" or action.endswith(f".{stack}.Deploy"):
                found.setdefault(run_order, []).extend(records)
    return sorted(found.items())
