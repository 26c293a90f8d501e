"""A person says yes or no."""

from aws_cdk import Duration, pipelines
from aws_cdk import aws_codepipeline as codepipeline
from aws_cdk import aws_codepipeline_actions as actions
from aws_cdk import aws_sns as sns

from gatewright.delivery.action_step import ActionStep


class ApprovalStep(ActionStep):
    """Asks the subscribers of ``topic``, and waits at most ``hours``, 1 to 336.

    ``comment`` and ``link`` may hold variables of the pipeline. The CDK's own ManualApprovalStep
    has no time limit, and waits for a week. AWS: "Manual approval action reference".
    """

    def __init__(
        self, step_id: str, *, topic: sns.ITopic, comment: str, link: str, hours: int
    ) -> None:
        super().__init__(step_id)
        self._topic = topic
        self._comment = comment
        self._link = link
        self._hours = hours
        # The steps whose variables it names give them out only if they are asked to.
        self._discover_referenced_outputs([comment, link])

    def _action(
        self,
        name: str,
        run_order: float,
        artifacts: pipelines.ArtifactMap,  # noqa: ARG002
    ) -> codepipeline.IAction:
        return actions.ManualApprovalAction(
            action_name=name,
            run_order=run_order,
            notification_topic=self._topic,
            additional_information=self._comment,
            external_entity_link=self._link,
            timeout=Duration.hours(self._hours),
        )
