"""A step of a pipeline that a Lambda function does, and reports the end of by itself."""

from collections.abc import Mapping
from typing import Any

from aws_cdk import aws_codepipeline as codepipeline
from aws_cdk import aws_codepipeline_actions as actions
from aws_cdk import aws_lambda as lambda_
from aws_cdk import pipelines

from gatewright.delivery.action_step import ActionStep


class LambdaStep(ActionStep):
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

    def _action(
        self, name: str, run_order: float, artifacts: pipelines.ArtifactMap
    ) -> codepipeline.IAction:
        return actions.LambdaInvokeAction(
            action_name=name,
            run_order=run_order,
            lambda_=self._function,
            user_parameters=self._parameters,
            inputs=[artifacts.to_code_pipeline(self._documents)] if self._documents else [],
        )
