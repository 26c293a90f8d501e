"""Names that a pipeline's account and its environments' accounts must agree on."""

from typing import Final, Literal

from gatewright.config.pipeline_checks import Checks

EXECUTION = "#{codepipeline.PipelineExecutionId}"
"""The execution, where CodePipeline fills in its variables."""

CheckKind = Literal["contract", "smoke", "fuzz", "third-party", "load"]
"""What a check does, in the words of `platform.yaml`."""

CANARY: Final = "canary"
"""What shows the canaries of a deployment. It is there wherever an environment has canaries."""


SWEEP: Final = "sweep"
"""What removes old releases, wherever the pipeline deploys."""

OwnKind = Literal["canary", "sweep"]
"""What the pipeline does in an environment besides the checks that are asked for."""


def pipeline_stack_name(project: str) -> str:
    """The stack that holds the pipeline of a project."""
    return f"{project}-pipeline"


def caller_role_name(project: str, kind: CheckKind | OwnKind | Literal["sdks"]) -> str:
    """The role, in the pipeline's account, of what runs checks of a kind, or publishes SDKs."""
    return f"{project}-pipeline-{kind}"


def check_role_name(project: str, environment: str, kind: CheckKind | OwnKind) -> str:
    """The role, in an environment's account, that checks of a kind act with, or a kind of ours."""
    return f"{project}-{environment}-{kind}"


def check_kinds(checks: Checks) -> tuple[CheckKind, ...]:
    """The kinds of the checks that are asked for."""
    asked: dict[CheckKind, object] = {
        "contract": checks.contract,
        "smoke": checks.smoke,
        "fuzz": checks.fuzz,
        "third-party": checks.third_party,
        "load": checks.load,
    }
    return tuple(kind for kind, check in asked.items() if check is not None)
