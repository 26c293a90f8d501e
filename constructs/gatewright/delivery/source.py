"""Where a release comes from, and which pushes become one."""

from typing import Any

from aws_cdk import Stack, pipelines
from aws_cdk import aws_codecommit as codecommit
from aws_cdk import aws_codepipeline as codepipeline
from aws_cdk import aws_codepipeline_actions as actions
from aws_cdk import aws_events as events
from aws_cdk import aws_events_targets as targets
from aws_cdk import aws_s3 as s3
from constructs import Construct

from gatewright.config.pipeline_sections import BucketSource, ConnectionSource, Source

ACTION_NAME = "Source"


def source_step(scope: Construct, source: Source) -> pipelines.CodePipelineSource:
    """The first step of a pipeline. ``source`` has exactly one of its alternatives."""
    if source.connection:
        return pipelines.CodePipelineSource.connection(
            source.connection.repository,
            source.connection.branch,
            connection_arn=source.connection.arn,
            action_name=ACTION_NAME,
            # The trigger with its filters starts it (AWS: "Filter triggers on code push").
            trigger_on_push=False,
        )
    if source.codecommit:
        repository = codecommit.Repository.from_repository_name(
            scope, "Repository", source.codecommit.repository
        )
        return pipelines.CodePipelineSource.code_commit(
            repository, source.codecommit.branch, action_name=ACTION_NAME
        )
    return _bucket_step(scope, source)


def _bucket_step(scope: Construct, source: Source) -> pipelines.CodePipelineSource:
    assert source.bucket is not None  # noqa: S101
    bucket = s3.Bucket.from_bucket_name(scope, "SourceBucket", source.bucket.name)
    return pipelines.CodePipelineSource.s3(
        bucket,
        source.bucket.key,
        action_name=ACTION_NAME,
        # The CDK's own event needs a trail of CloudTrail; `start_on_upload` needs none.
        trigger=actions.S3Trigger.NONE,
    )


def push_trigger(connection: ConnectionSource) -> dict[str, Any]:
    """The trigger of a pipeline of type V2, as CloudFormation writes it.

    AWS: AWS::CodePipeline::Pipeline GitPushFilter. A push must fit the branch and the paths.
    """
    push: dict[str, Any] = {"Branches": {"Includes": [connection.branch]}}
    paths = {
        **({"Includes": list(connection.paths)} if connection.paths else {}),
        **({"Excludes": list(connection.except_paths)} if connection.except_paths else {}),
    }
    if paths:
        push["FilePaths"] = paths
    return {
        "ProviderType": "CodeStarSourceConnection",
        "GitConfiguration": {"SourceActionName": ACTION_NAME, "Push": [push]},
    }


def start_on_upload(pipeline: codepipeline.Pipeline, bucket: BucketSource) -> None:
    """Start the pipeline at each new version of the object.

    AWS: "Amazon S3 source actions and EventBridge with event notifications enabled".
    """
    events.Rule(
        Stack.of(pipeline),
        "Upload",
        description="A new version of the source starts the pipeline",
        event_pattern=events.EventPattern(
            source=["aws.s3"],
            detail_type=["Object Created"],
            detail={"bucket": {"name": [bucket.name]}, "object": {"key": [bucket.key]}},
        ),
        targets=[targets.CodePipeline(pipeline)],
    )
