"""The build: it runs once, and what it makes is what every environment gets."""

from dataclasses import dataclass

from aws_cdk import Duration, pipelines
from aws_cdk import aws_codebuild as codebuild
from aws_cdk import aws_iam as iam

from gatewright.config.pipeline_sections import Build
from gatewright.delivery.artifact_store import ArtifactStore
from gatewright.publish.published import LATEST

IMAGE = codebuild.LinuxBuildImage.AMAZON_LINUX_2023_5
PYTHON = "3.11"
_ASSEMBLY = "cdk.out"
_DOCUMENTS = "dist"
_CHANGES = f"{_DOCUMENTS}/contract"
_SUMMARY = "CONTRACT_CHANGES"
# The report is an artifact, and an approver reads its summary, whatever the commands are.
_TELL = (
    f"mkdir -p {_CHANGES} && ([ -f {_CHANGES}/summary.txt ] || "
    f"echo 'not compared: the build has no make contract-check' > {_CHANGES}/summary.txt) && "
    f'export {_SUMMARY}="$(head -c 300 {_CHANGES}/summary.txt)"'
)


@dataclass(frozen=True, kw_only=True)
class Built:
    """What the build hands on.

    ``step`` makes the cloud assembly; ``documents`` holds `openapi/<api>.json`, `changelogs/`,
    `sbom/`, and the services' own checks below `checks/`; ``changes`` is what
    `make contract-check` found, and ``summary`` a line of it that an approval can show.
    """

    step: pipelines.CodeBuildStep
    documents: pipelines.FileSet
    changes: pipelines.FileSet
    summary: str


def build_step(source: pipelines.IFileSetProducer, build: Build, published: ArtifactStore) -> Built:
    """The step that tests and synthesises. It may read the contracts of the last release, and
    needs nothing else: synthesis looks nothing up."""
    step = pipelines.CodeBuildStep(
        "Synth",
        input=source,
        commands=[*build.commands, _TELL],
        env={"PUBLISHED": f"s3://{published.bucket.bucket_name}/{LATEST}"},
        role_policy_statements=_may_read(published),
        primary_output_directory=_ASSEMBLY,
        timeout=Duration.minutes(build.minutes),
        build_environment=codebuild.BuildEnvironment(
            build_image=IMAGE, compute_type=codebuild.ComputeType.MEDIUM
        ),
        partial_build_spec=python_runtime(),
    )
    return Built(
        step=step,
        documents=step.add_output_directory(_DOCUMENTS),
        changes=step.add_output_directory(_CHANGES),
        summary=step.exported_variable(_SUMMARY),
    )


def _may_read(published: ArtifactStore) -> list[iam.PolicyStatement]:
    bucket, key = published.bucket, published.key
    return [
        iam.PolicyStatement(actions=["s3:ListBucket"], resources=[bucket.bucket_arn]),
        iam.PolicyStatement(
            actions=["s3:GetObject"], resources=[bucket.arn_for_objects(f"{LATEST}/*")]
        ),
        iam.PolicyStatement(actions=["kms:Decrypt"], resources=[key.key_arn]),
    ]


def python_runtime() -> codebuild.BuildSpec:
    """A build's Python, out of those that the image has."""
    return codebuild.BuildSpec.from_object(
        {"version": "0.2", "phases": {"install": {"runtime-versions": {"python": PYTHON}}}}
    )
