"""The build: it runs once, and what it makes is what every environment gets."""

from dataclasses import dataclass

from aws_cdk import Duration, pipelines
from aws_cdk import aws_codebuild as codebuild

from gatewright.config.pipeline_sections import Build

IMAGE = codebuild.LinuxBuildImage.AMAZON_LINUX_2023_5
PYTHON = "3.11"
_ASSEMBLY = "cdk.out"
_DOCUMENTS = "dist"


@dataclass(frozen=True, kw_only=True)
class Built:
    """What the build hands on.

    ``step`` makes the cloud assembly; ``documents`` holds `openapi/<api>.json`, the services' own
    checks below `checks/`, and `sbom.json`; ``openapi`` the public documents alone.
    """

    step: pipelines.CodeBuildStep
    documents: pipelines.FileSet
    openapi: pipelines.FileSet


def build_step(source: pipelines.IFileSetProducer, build: Build) -> Built:
    """The step that tests and synthesises. It needs no permissions: synthesis looks nothing up."""
    step = pipelines.CodeBuildStep(
        "Synth",
        input=source,
        commands=list(build.commands),
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
        openapi=step.add_output_directory(f"{_DOCUMENTS}/openapi"),
    )


def python_runtime() -> codebuild.BuildSpec:
    """A build's Python, out of those that the image has."""
    return codebuild.BuildSpec.from_object(
        {"version": "0.2", "phases": {"install": {"runtime-versions": {"python": PYTHON}}}}
    )
