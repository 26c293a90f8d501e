"""A git push becomes a release: CDK Pipelines on a CodePipeline of type V2."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from aws_cdk import Stage, pipelines
from aws_cdk import aws_codebuild as codebuild
from aws_cdk import aws_codepipeline as codepipeline
from constructs import Construct

from gatewright.config.pipeline_sections import Build, Source
from gatewright.config.pipeline_values import Execution, OnFailure
from gatewright.delivery.artifact_store import ArtifactStore
from gatewright.delivery.asset_publishing import CDK_ASSETS_VERSION, asset_publishing
from gatewright.delivery.build import IMAGE, build_step
from gatewright.delivery.generated_policies import acknowledge_generated_policies
from gatewright.delivery.replicas import expire_replicas
from gatewright.delivery.source import push_trigger, source_step, start_on_upload
from gatewright.escape_hatch import l1

# With which the library was tried. CDK Pipelines takes the latest otherwise, and the latest of npm
# cannot read this library's assembly.
CDK_CLI_VERSION = "2.1148.1"

# AWS: AWS::CodePipeline::Pipeline FailureConditions. Without any, a failed stage stays as it is.
_ON_FAILURE: Mapping[OnFailure, dict[str, Any]] = {
    "rollback": {"Result": "ROLLBACK"},
    "retry": {"Result": "RETRY", "RetryConfiguration": {"RetryMode": "FAILED_ACTIONS"}},
    "fail": {},
}
_MODES = {
    "superseded": codepipeline.ExecutionMode.SUPERSEDED,
    "queued": codepipeline.ExecutionMode.QUEUED,
}


class ReleasePipeline(Construct):
    """Source, build, self-update and assets, then the waves that are added, in their order.

    Add waves, then call ``finish`` once. An ordinary commit changes what flows through the
    pipeline and not the pipeline: CodePipeline rolls a stage back only to executions of the
    pipeline as it is now (AWS: "Roll back a stage"), so nothing in its structure depends on the
    code that it carries, and assets are published by one action for all. ``published`` holds the
    contracts of the last release.
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        name: str,
        source: Source,
        build: Build,
        execution: Execution,
        artifacts: ArtifactStore,
        published: ArtifactStore,
    ) -> None:
        super().__init__(scope, construct_id)
        self._artifacts = artifacts
        self._source = source
        self._on_failure: dict[str, dict[str, Any]] = {}
        self.pipeline = self._pipeline(name, execution)
        self.source = source_step(self, source)
        self.built = build_step(self.source, build, published)
        self._engine = self._cdk_pipeline()

    def deploy(
        self,
        wave_name: str,
        stages: Sequence[Stage],
        *,
        checks: Mapping[str, Sequence[pipelines.Step]] | None = None,
        on_failure: OnFailure,
    ) -> None:
        """Deploy ``stages`` side by side, each followed by its ``checks``, by the stage's name."""
        wave = self._engine.add_wave(wave_name)
        for stage in stages:
            wave.add_stage(stage, post=list((checks or {}).get(stage.stage_name, ())))
        # The CDK gives a wave of one stage that stage's name.
        name = stages[0].stage_name if len(stages) == 1 else wave_name
        self._on_failure[name] = _ON_FAILURE[on_failure]

    def run(self, wave_name: str, steps: Sequence[pipelines.Step]) -> None:
        """Run ``steps`` in a wave of their own, with nothing deployed beside them."""
        self._engine.add_wave(wave_name, post=list(steps))

    def change(self) -> list[str]:
        """What is released, in words with variables of the pipeline.

        AWS: "Variables reference", variables of each kind of source.
        """
        if self._source.bucket:
            return [f"Version {self.source.source_attribute('VersionId')} of the source."]
        commit, message = (
            self.source.source_attribute(name) for name in ("CommitId", "CommitMessage")
        )
        return [f"Commit {commit}: {message}"]

    def finish(self, beside: Callable[[codepipeline.Pipeline], None]) -> None:
        """Turn the waves into stages and actions, and let ``beside`` add to these.

        Nothing can be added afterwards.
        """
        self._engine.build_pipeline()
        beside(self.pipeline)
        resource = l1(self.pipeline, codepipeline.CfnPipeline)
        for index, stage in enumerate(self.pipeline.stages):
            # The CDK splits a wave of more than 50 actions into `<wave>.1`, `<wave>.2`.
            if condition := self._on_failure.get(stage.stage_name.partition(".")[0]):
                resource.add_property_override(f"Stages.{index}.OnFailure", condition)
        if self._source.connection:
            resource.add_property_override("Triggers", [push_trigger(self._source.connection)])
        if self._source.bucket:
            start_on_upload(self.pipeline, self._source.bucket)
        acknowledge_generated_policies(self)
        expire_replicas(self.pipeline, self._artifacts.days)

    def _pipeline(self, name: str, execution: Execution) -> codepipeline.Pipeline:
        return codepipeline.Pipeline(
            self,
            "Pipeline",
            pipeline_name=name,
            pipeline_type=codepipeline.PipelineType.V2,
            execution_mode=_MODES[execution],
            artifact_bucket=self._artifacts.bucket,
            # Keys for the buckets of other regions, where the pipeline deploys to any.
            cross_account_keys=True,
            enable_key_rotation=True,
            # A pipeline that has changed itself begins again, or the rest would run the old one.
            restart_execution_on_update=True,
        )

    def _cdk_pipeline(self) -> pipelines.CodePipeline:
        return pipelines.CodePipeline(
            self,
            "Delivery",
            code_pipeline=self.pipeline,
            synth=self.built.step,
            cli_version=CDK_CLI_VERSION,
            cdk_assets_cli_version=CDK_ASSETS_VERSION,
            publish_assets_in_parallel=False,
            asset_publishing_code_build_defaults=asset_publishing(),
            code_build_defaults=pipelines.CodeBuildOptions(
                build_environment=codebuild.BuildEnvironment(build_image=IMAGE)
            ),
        )
