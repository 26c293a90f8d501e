"""Who is told what happens to a release."""

from collections.abc import Sequence

from aws_cdk import RemovalPolicy
from aws_cdk import aws_codepipeline as codepipeline
from aws_cdk import aws_events as events
from aws_cdk import aws_events_targets as targets
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from aws_cdk import aws_sns as sns
from aws_cdk import aws_sns_subscriptions as subscriptions
from constructs import Construct


class EncryptedTopic(Construct):
    """A topic that only takes encrypted connections, with subscribers by e-mail.

    Each address gets one mail to confirm. ``publisher`` is the service that may publish to it.
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        emails: Sequence[str],
        publisher: str,
        purpose: str,
    ) -> None:
        super().__init__(scope, construct_id)
        self.key = self._key(publisher, purpose)
        self.topic = sns.Topic(self, "Topic", master_key=self.key, enforce_ssl=True)
        for email in emails:
            self.topic.add_subscription(subscriptions.EmailSubscription(email))

    def _key(self, publisher: str, purpose: str) -> kms.Key:
        key = kms.Key(
            self,
            "Key",
            description=f"Encrypts {purpose}",
            enable_key_rotation=True,
            removal_policy=RemovalPolicy.DESTROY,
        )
        # AWS: "Enable compatibility between event sources from AWS services and encrypted topics".
        key.grant(iam.ServicePrincipal(publisher), "kms:GenerateDataKey", "kms:Decrypt")
        return key


class ReleaseNotifications(Construct):
    """Mails when a release starts, waits for an approval, fails, or is out.

    AWS: "Monitoring CodePipeline events". ``emails`` are told; each confirms its subscription once.
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        pipeline: codepipeline.Pipeline,
        emails: Sequence[str],
    ) -> None:
        super().__init__(scope, construct_id)
        self._pipeline = pipeline
        self._topic = EncryptedTopic(
            self,
            "Releases",
            emails=emails,
            publisher="events.amazonaws.com",
            purpose="messages about releases",
        ).topic
        self.started = self._execution("Started", "STARTED", "A release has started")
        self.failed = self._execution("Failed", "FAILED", "A release has failed")
        self.released = self._execution("Released", "SUCCEEDED", "A release is out")
        self.waiting = self._waiting()

    def _execution(self, construct_id: str, state: str, words: str) -> events.Rule:
        rule = self._pipeline.on_state_change(
            f"{self.node.id}{construct_id}",
            description=f"{words}: tell about it",
            event_pattern=events.EventPattern(detail={"state": [state]}),
        )
        rule.add_target(self._message(words))
        return rule

    def _waiting(self) -> events.Rule:
        rule = self._pipeline.on_event(
            f"{self.node.id}Waiting",
            description="A release waits for an approval: tell about it",
            event_pattern=events.EventPattern(
                detail_type=["CodePipeline Action Execution State Change"],
                detail={"state": ["STARTED"], "type": {"category": ["Approval"]}},
            ),
        )
        rule.add_target(self._message("A release waits for an approval"))
        return rule

    def _message(self, words: str) -> targets.SnsTopic:
        pipeline = events.EventField.from_path("$.detail.pipeline")
        execution = events.EventField.from_path("$.detail.execution-id")
        region = events.EventField.from_path("$.region")
        link = (
            f"https://{region}.console.aws.amazon.com/codesuite/codepipeline/pipelines/{pipeline}"
            f"/executions/{execution}/timeline?region={region}"
        )
        return targets.SnsTopic(
            self._topic,
            message=events.RuleTargetInput.from_text(f"{words}: {pipeline} {execution}\n{link}"),
        )
