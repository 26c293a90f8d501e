"""A step of CDK Pipelines that is one action of CodePipeline."""

from typing import Any

import jsii
from aws_cdk import aws_codepipeline as codepipeline
from aws_cdk import pipelines


@jsii.implements(pipelines.ICodePipelineActionFactory)
class ActionStep(pipelines.Step):
    """Its subclasses say which action, in ``_action``."""

    def _action(
        self, name: str, run_order: float, artifacts: pipelines.ArtifactMap
    ) -> codepipeline.IAction:
        raise NotImplementedError

    @jsii.member(jsii_name="produceAction")
    def produce_action(
        self,
        stage: codepipeline.IStage,
        *,
        action_name: str,
        artifacts: pipelines.ArtifactMap,
        run_order: float,
        **_: Any,
    ) -> pipelines.CodePipelineActionFactoryResult:
        """Called by the CDK when it turns the steps into actions."""
        stage.add_action(self._action(action_name, run_order, artifacts))
        return pipelines.CodePipelineActionFactoryResult(run_orders_consumed=1)
