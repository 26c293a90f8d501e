"""The pipeline of the platform, in an account of its own or beside an environment."""

from collections.abc import Mapping
from pathlib import Path

from aws_cdk import Environment as AwsEnvironment
from aws_cdk import Stack, Stage, pipelines
from constructs import Construct

from gatewright.bundling import bundle_checks
from gatewright.config import Pipeline, Platform, Wave
from gatewright.config.pipeline_sections import Approval
from gatewright.delivery.approval_step import ApprovalStep
from gatewright.delivery.artifact_store import ArtifactStore
from gatewright.delivery.checks import EXECUTION, CheckSettings, EnvironmentChecks
from gatewright.delivery.dashboard import ReleaseDashboard
from gatewright.delivery.links import approval_comment, change_link
from gatewright.delivery.names import pipeline_stack_name
from gatewright.delivery.notifications import EncryptedTopic, ReleaseNotifications
from gatewright.delivery.publish_step import PublishStep
from gatewright.delivery.release_pipeline import ReleasePipeline
from gatewright.operations.log_groups import LogKeeping
from stacks.contracts import BUNDLES

_LOG_DAYS = 90


class PipelineStack(Stack):
    """From the source through the waves of `platform.yaml` to the published documents.

    ``accounts`` and ``environments`` are the stages that it deploys, by name: what accounts share
    comes first.
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        platform: Platform,
        pipeline: Pipeline,
        root: Path,
        accounts: Mapping[str, Stage],
        environments: Mapping[str, Stage],
    ) -> None:
        super().__init__(
            scope,
            construct_id,
            stack_name=pipeline_stack_name(platform.project),
            env=AwsEnvironment(account=pipeline.account, region=pipeline.region),
        )
        self._platform = platform
        self._environments = environments
        self._artifacts = self._store("Artifacts", pipeline, "what actions hand on")
        self._reports = self._store("Reports", pipeline, "reports of checks")
        self.release = self._release(platform, pipeline)
        self._checks = self._environment_checks(root)
        self.release.deploy("accounts", list(accounts.values()), on_failure="retry")
        for wave in pipeline.waves:
            self._wave(wave)
        self._publish()
        self.release.finish()
        self._checks.finish()
        self._tell(pipeline)

    def _store(self, construct_id: str, pipeline: Pipeline, purpose: str) -> ArtifactStore:
        return ArtifactStore(self, construct_id, days=pipeline.artifact_days, purpose=purpose)

    def _release(self, platform: Platform, pipeline: Pipeline) -> ReleasePipeline:
        return ReleasePipeline(
            self,
            "Release",
            name=platform.project,
            source=pipeline.source,
            build=pipeline.build,
            execution=pipeline.execution,
            artifacts=self._artifacts,
        )

    def _environment_checks(self, root: Path) -> EnvironmentChecks:
        settings = CheckSettings(
            project=self._platform.project,
            code=bundle_checks(root / BUNDLES),
            reports=self._reports,
            logs=LogKeeping(retention_days=_LOG_DAYS, retain=False),
            documents=self.release.built.documents,
            source=self.release.source,
        )
        return EnvironmentChecks(self, "Checks", settings=settings)

    def _wave(self, wave: Wave) -> None:
        if wave.approval:
            self.release.run(wave.name, [self._approval(wave.name, wave.approval)])
            return
        self.release.deploy(
            wave.name,
            [self._environments[name] for name in wave.environments],
            checks={
                name: self._checks.steps(self._platform.environment(name), wave.checks)
                for name in wave.environments
            },
            on_failure=wave.on_failure,
        )

    def _approval(self, name: str, approval: Approval) -> ApprovalStep:
        topic = EncryptedTopic(
            self,
            f"Approval-{name}",
            emails=approval.emails,
            publisher="codepipeline.amazonaws.com",
            purpose="questions to approvers",
        )
        return ApprovalStep(
            f"{name}-release",
            topic=topic.topic,
            comment=approval_comment(
                self, approval.comment, self.release, self._reports.bucket.bucket_name
            ),
            link=change_link(self, self._platform.project),
            hours=approval.hours,
        )

    def _publish(self) -> None:
        """The public documents of what is out, as the newest and under the release's own id."""
        store = ArtifactStore(
            self, "Documents", days=None, purpose="the published OpenAPI documents"
        )
        steps: list[pipelines.Step] = [
            PublishStep(
                f"openapi-{name}",
                files=self.release.built.openapi,
                bucket=store.bucket,
                key=store.key,
                prefix=f"openapi/{prefix}",
            )
            for name, prefix in (("release", EXECUTION), ("latest", "latest"))
        ]
        self.release.run("sdks", steps)

    def _tell(self, pipeline: Pipeline) -> None:
        told = ReleaseNotifications(
            self, "Notifications", pipeline=self.release.pipeline, emails=pipeline.notify
        )
        ReleaseDashboard(
            self,
            "Dashboard",
            name=f"{self._platform.project}-releases",
            pipeline=self.release.pipeline,
            released=told.released,
            failed=told.failed,
        )
