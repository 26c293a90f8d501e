"""A pipeline of CDK Pipelines with all that one of ours has: what the embedded AWS must deploy."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import jsii
from aws_cdk import App, DefaultStackSynthesizer, Environment, Stack, Stage, pipelines
from aws_cdk import aws_codepipeline as codepipeline
from aws_cdk import aws_codepipeline_actions as actions
from aws_cdk import aws_events as events
from aws_cdk import aws_events_targets as targets
from aws_cdk import aws_lambda as functions
from aws_cdk import aws_s3 as s3
from aws_cdk import aws_sns as sns
from constructs import Construct

from tests.local_gaps.running import ACCOUNT, REGION

NAME, STACK = "deployed-release", "release-pipeline"
HANDLER = "def handler(event, context): return None"
HERE = Environment(account=ACCOUNT, region=REGION)


@jsii.implements(pipelines.ICodePipelineActionFactory)
class Invoke(pipelines.Step):
    """A Lambda action in a stage."""

    def __init__(self, function: functions.IFunction) -> None:
        super().__init__("Checks")
        self._function = function

    @jsii.member(jsii_name="produceAction")
    def produce_action(
        self, stage: codepipeline.IStage, options: pipelines.ProduceActionOptions
    ) -> pipelines.CodePipelineActionFactoryResult:
        stage.add_action(
            actions.LambdaInvokeAction(
                action_name=options.action_name,
                run_order=options.run_order,
                lambda_=self._function,
                user_parameters={"url": "https://example.com"},
            )
        )
        return pipelines.CodePipelineActionFactoryResult(run_orders_consumed=1)


class Service(Stage):
    """What the pipeline deploys: a function with an asset of its own."""

    def __init__(self, scope: Construct, name: str, code: Path) -> None:
        super().__init__(scope, name, env=HERE)
        stack = Stack(self, "service")
        functions.Function(
            stack,
            "Function",
            runtime=functions.Runtime.PYTHON_3_13,
            handler="handler.handler",
            code=functions.Code.from_asset(str(code)),
        )


def synthesise(folder: Path, comment: str) -> Path:
    """The cloud assembly of the pipeline, whose approval has this comment."""
    code = folder / "code"
    code.mkdir(exist_ok=True)
    (code / "handler.py").write_text(HANDLER)
    app = App(outdir=str(folder / f"assembly-{comment}"))
    stack = Stack(app, STACK, env=HERE, synthesizer=DefaultStackSynthesizer())
    topic = sns.Topic(stack, "Notices")
    pipeline = _pipeline(stack)
    function = _function(stack)
    pipeline.add_stage(Service(stack, "Beta", code), post=[Invoke(function)])
    approval = pipelines.ManualApprovalStep(
        "Approve", comment=comment, notification_topic=topic, review_url="https://example.com"
    )
    pipeline.add_wave("Approval", pre=[approval])
    pipeline.build_pipeline()
    _notices(stack, pipeline.pipeline, topic, function)
    app.synth()
    return Path(app.outdir)


def _pipeline(stack: Stack) -> pipelines.CodePipeline:
    bucket = s3.Bucket(stack, "Source", versioned=True)
    source = pipelines.CodePipelineSource.s3(bucket, "source.zip")
    return pipelines.CodePipeline(
        stack,
        "Release",
        pipeline_name=NAME,
        pipeline_type=codepipeline.PipelineType.V2,
        cross_account_keys=True,
        synth=pipelines.ShellStep("Synth", input=source, commands=["true"]),
    )


def _function(stack: Stack) -> functions.Function:
    return functions.Function(
        stack,
        "Checks",
        runtime=functions.Runtime.PYTHON_3_13,
        handler="index.handler",
        code=functions.Code.from_inline(HANDLER),
    )


def _notices(stack: Stack, pipeline: Any, topic: sns.ITopic, function: Any) -> None:
    said = f"{events.EventField.from_path('$.detail.pipeline')} failed"
    pipeline.on_state_change(
        "Failed",
        target=targets.SnsTopic(topic, message=events.RuleTargetInput.from_text(said)),
        event_pattern=events.EventPattern(detail={"state": ["FAILED"]}),
    )
    rule = events.Rule(
        stack,
        "Actions",
        event_pattern=events.EventPattern(
            source=["aws.codepipeline"],
            detail_type=["CodePipeline Action Execution State Change"],
        ),
    )
    rule.add_target(targets.LambdaFunction(function))
