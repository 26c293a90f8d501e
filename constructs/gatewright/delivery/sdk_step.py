"""The last step of a pipeline: what callers get of a release."""

import shlex

from aws_cdk import Duration, RemovalPolicy, pipelines
from aws_cdk import aws_codebuild as codebuild
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from constructs import Construct

from gatewright.config.sdks import CodeArtifact, Indexes, Sdks
from gatewright.delivery.artifact_store import ArtifactStore
from gatewright.delivery.build import IMAGE, python_runtime
from gatewright.delivery.names import EXECUTION, caller_role_name
from gatewright.delivery.publishing_policy import PublishingPolicy
from gatewright.operations.wildcards import acknowledge_wildcards, policy_of

_DOCUMENTS = "dist"
_DECLARED = "contracts/breaking.yaml"
_VARIABLES = "--to $PUBLISH_TO --signing-key $SIGNING_KEY --execution $EXECUTION"


class SdkPublishing(Construct):
    """A build that runs `python -m gatewright.publish`, and the key that signs checksums.

    It generates the client SDKs of the contracts that are out now, and publishes them and the
    contracts to ``store``, and the packages to CodeArtifact or other indexes. ``source`` is that
    of the platform, whose `make sdk-in-pipeline` is the command; ``documents`` holds
    `openapi/<api>.json`.
    """

    def __init__(
        self, scope: Construct, construct_id: str, *, project: str, sdks: Sdks, store: ArtifactStore
    ) -> None:
        super().__init__(scope, construct_id)
        self._project = project
        self._sdks = sdks
        self._store = store
        self.signing_key = self._signing_key()
        self._role = self._publisher()

    def step(
        self, source: pipelines.IFileSetProducer, documents: pipelines.FileSet
    ) -> pipelines.CodeBuildStep:
        """The step. It runs when everything is deployed."""
        return pipelines.CodeBuildStep(
            "publish",
            input=source,
            additional_inputs={_DOCUMENTS: documents},
            env={
                "PUBLISH_TO": f"s3://{self._store.bucket.bucket_name}",
                "SIGNING_KEY": self.signing_key.key_arn,
                "EXECUTION": EXECUTION,
            },
            commands=[f'make sdk-in-pipeline ARGS="{_VARIABLES} {shlex.join(self._arguments())}"'],
            role=self._role,
            timeout=Duration.minutes(self._sdks.minutes),
            build_environment=codebuild.BuildEnvironment(
                build_image=IMAGE, compute_type=codebuild.ComputeType.MEDIUM
            ),
            partial_build_spec=python_runtime(),
        )

    def accept(self) -> None:
        """Accept the wildcards of the role's policy, when the pipeline is built."""
        acknowledge_wildcards(
            policy_of(self._role),
            "Objects and packages that releases will name; sts:GetServiceBearerToken, which knows "
            "no resources; and what the CDK writes for its builds. A test lists every one.",
        )

    def _signing_key(self) -> kms.Key:
        """AWS: "Asymmetric keys in AWS KMS". Such a key does not rotate."""
        return kms.Key(
            self,
            "SigningKey",
            description=f"Signs the checksums of the SDKs of {self._project}",
            key_spec=kms.KeySpec.ECC_NIST_P256,
            key_usage=kms.KeyUsage.SIGN_VERIFY,
            # What it signed is checked for as long as somebody has it.
            removal_policy=RemovalPolicy.RETAIN,
        )

    def _publisher(self) -> iam.Role:
        role = iam.Role(
            self,
            "Role",
            role_name=caller_role_name(self._project, "sdks"),
            assumed_by=iam.ServicePrincipal("codebuild.amazonaws.com"),
        )
        may = PublishingPolicy(
            self, sdks=self._sdks, store=self._store, signs_with=self.signing_key
        )
        for statement in may.statements():
            role.add_to_policy(statement)
        return role

    def _arguments(self) -> list[str]:
        told = [
            *("--project", self._project),
            *("--documents", f"{_DOCUMENTS}/openapi"),
            *("--declared", _DECLARED),
            # Without any it publishes the contracts alone.
            *("--language", *self._sdks.languages),
        ]
        if self._sdks.codeartifact:
            told += _codeartifact_arguments(self._sdks.codeartifact)
        if self._sdks.indexes:
            told += _index_arguments(self._sdks.indexes)
        return told


def _codeartifact_arguments(place: CodeArtifact) -> list[str]:
    owner = ["--codeartifact-owner", place.owner] if place.owner else []
    return ["--codeartifact", f"{place.domain}/{place.repository}", *owner]


def _index_arguments(indexes: Indexes) -> list[str]:
    told = {
        "--pypi": indexes.pypi,
        "--npm": indexes.npm,
        "--maven": indexes.maven,
        "--index-secret": indexes.secret,
    }
    return [word for name, value in told.items() if value for word in (name, value)]
