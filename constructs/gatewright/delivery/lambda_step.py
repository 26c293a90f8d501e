"""A step of a pipeline that a Lambda function does, and reports the end of by itself."""

from collections.abc import Mapping
from typing import Any

import jsii
from aws_cdk import aws_codepipeline as codepipeline
from aws_cdk import aws_codepipeline_actions as actions
from aws_cdk import aws_lambda as lambda_
from aws_cdk import pipelines


@jsii.implements(pipelines.ICodePipelineActionFactory)
class LambdaStep(pipelines.Step):
    """Invokes ``function`` with ``parameters`` and what the build left, and waits for its result.

    The function answers CodePipeline with PutJobSuccessResult, with a continuation token to be
    called again, or with PutJobFailureResult (AWS: "AWS Lambda invoke action reference").
    ``parameters`` are at most 1000 characters as JSON; they may hold variables of the pipeline,
    such as `#{codepipeline.PipelineExecutionId}`.
    """

    def __init__(
        self,
        step_id: str,
        *,
        function: lambda_.IFunction,
        parameters: Mapping[str, Any],
        documents: pipelines.FileSet | None = None,
    ) -> None:
        super().__init__(step_id)
        self._function = function
        self._parameters = dict(parameters)
        self._documents = documents
        if documents:
            self._add_dependency_file_set(documents)

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
        inputs = [artifacts.to_code_pipeline(self._documents)] if self._documents else []
        stage.add_action(
            actions.LambdaInvokeAction(
                action_name=action_name,
                run_order=run_order,
                lambda_=self._function,
                user_parameters=self._parameters,
                inputs=inputs,
            )
        )
        return pipelines.CodePipelineActionFactoryResult(run_orders_consumed=1)
