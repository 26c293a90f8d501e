"""The pipeline of the platform, in an account of its own or beside an environment."""

from collections.abc import Mapping
from pathlib import Path

from aws_cdk import Environment as AwsEnvironment
from aws_cdk import Stack, Stage, pipelines
from aws_cdk import aws_codepipeline as codepipeline
from constructs import Construct

from gatewright.bundling import bundle_checks
from gatewright.config import Pipeline, Platform, Wave
from gatewright.config.pipeline_checks import Checks
from gatewright.config.pipeline_sections import Approval
from gatewright.config.sdks import Sdks
from gatewright.delivery.approval_step import ApprovalStep
from gatewright.delivery.artifact_store import ArtifactStore
from gatewright.delivery.canary_actions import CanaryActions, WatchedEnvironment
from gatewright.delivery.checks import CheckSettings, EnvironmentChecks
from gatewright.delivery.dashboard import ReleaseDashboard
from gatewright.delivery.links import approval_comment, change_link
from gatewright.delivery.names import EXECUTION, pipeline_stack_name
from gatewright.delivery.notifications import EncryptedTopic, ReleaseNotifications
from gatewright.delivery.publish_step import PublishStep
from gatewright.delivery.release_pipeline import ReleasePipeline
from gatewright.delivery.sdk_step import SdkPublishing
from gatewright.delivery.sweep_steps import SweepSteps
from gatewright.operations.log_groups import LogKeeping
from stacks.contracts import BUNDLES
from stacks.watched import watched_records

_LOG_DAYS = 90


class PipelineStack(Stack):
    """From the source through the waves of `platform.yaml` to the published contracts and SDKs.

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
        days = pipeline.artifact_days
        self._artifacts = self._store("Artifacts", days, "what actions hand on")
        self._reports = self._store("Reports", days, "reports of checks")
        self._published = self._store("Documents", None, "the published contracts and SDKs")
        self.release = self._release(platform, pipeline)
        self._settings = self._check_settings(root)
        self._checks = EnvironmentChecks(self, "Checks", settings=self._settings)
        self._sweeps = SweepSteps(self, "Releases", settings=self._settings)
        self.release.deploy("accounts", list(accounts.values()), on_failure="retry")
        for wave in pipeline.waves:
            self._wave(wave)
        self._publish(pipeline.sdks)
        self.release.finish(self._beside)
        self._checks.finish()
        self._sweeps.finish()
        self._sdks.accept()
        self._tell(pipeline)

    def _store(self, construct_id: str, days: int | None, purpose: str) -> ArtifactStore:
        return ArtifactStore(self, construct_id, days=days, purpose=purpose)

    def _release(self, platform: Platform, pipeline: Pipeline) -> ReleasePipeline:
        return ReleasePipeline(
            self,
            "Release",
            name=platform.project,
            source=pipeline.source,
            build=pipeline.build,
            execution=pipeline.execution,
            artifacts=self._artifacts,
            published=self._published,
        )

    def _check_settings(self, root: Path) -> CheckSettings:
        return CheckSettings(
            project=self._platform.project,
            code=bundle_checks(root / BUNDLES),
            reports=self._reports,
            logs=LogKeeping(retention_days=_LOG_DAYS, retain=False),
            documents=self.release.built.documents,
            source=self.release.source,
        )

    def _beside(self, pipeline: codepipeline.Pipeline) -> None:
        """Show the canaries of the environments that have them, while these are deployed."""
        watched = [
            WatchedEnvironment(environment=environment, records=records)
            for name in self._environments
            if (environment := self._platform.environment(name))
            and (records := watched_records(self._platform, environment))
        ]
        if watched:
            actions = CanaryActions(self, "Canaries", settings=self._settings, watched=watched)
            actions.add_to(pipeline)

    def _wave(self, wave: Wave) -> None:
        if wave.approval:
            self.release.run(wave.name, self._question(wave.name, wave.approval))
            return
        self.release.deploy(
            wave.name,
            [self._environments[name] for name in wave.environments],
            checks={name: self._after(name, wave.checks) for name in wave.environments},
            on_failure=wave.on_failure,
        )

    def _after(self, name: str, checks: Checks) -> list[pipelines.Step]:
        """What follows the deployment of an environment."""
        environment = self._platform.environment(name)
        steps = self._checks.steps(environment, checks)
        return [*steps, self._sweeps.step(environment, steps)]

    def _question(self, name: str, approval: Approval) -> list[pipelines.Step]:
        """What changed for callers is among the reports before somebody is asked."""
        changes = PublishStep(
            f"{name}-contract-changes",
            files=self.release.built.changes,
            bucket=self._reports.bucket,
            key=self._reports.key,
            prefix=f"{EXECUTION}/contract",
        )
        asked = self._approval(name, approval)
        asked.add_step_dependency(changes)
        return [changes, asked]

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

    def _publish(self, sdks: Sdks) -> None:
        """The contracts that are out, and the SDKs of those that changed."""
        publishing = SdkPublishing(
            self, "Sdks", project=self._platform.project, sdks=sdks, store=self._published
        )
        documents = self.release.built.documents
        self.release.run("sdks", [publishing.step(self.release.source, documents)])
        self._sdks = publishing

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
