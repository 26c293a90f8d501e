"""What makes a whole of stages and actions a pipeline.

'CodePipeline pipeline structure reference':
https://docs.aws.amazon.com/codepipeline/latest/userguide/reference-pipeline-structure.html
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from local.gaps.codepipeline.errors import RefusedError

Declaration = Mapping[str, Any]


def check(pipeline: Declaration, region: str) -> None:
    """Raise RefusedError for the first thing that CodePipeline would not take.

    ``pipeline`` is what CreatePipeline takes, ``region`` the pipeline's own.
    """
    for code, message in _problems(pipeline, region):
        raise RefusedError(code, message)


def _problems(pipeline: Declaration, region: str) -> Iterator[tuple[str, str]]:
    yield from _of_stages(pipeline["stages"])
    for stage in pipeline["stages"]:
        yield from _of_stage(stage)
    yield from _of_artifacts(pipeline["stages"])
    yield from _of_stores(pipeline, region)


def _of_stages(stages: list[Declaration]) -> Iterator[tuple[str, str]]:
    if len(stages) < 2:
        yield "InvalidStructureException", "Pipeline should have at least 2 stages"
        return
    for name in _repeated(stage["name"] for stage in stages):
        yield (
            "InvalidStageDeclarationException",
            f"Stage name must be unique within the pipeline. {name} has been used more than once",
        )
    first, *later = stages
    if not first["actions"] or not all(map(_is_source, first["actions"])):
        message = (
            f"Pipeline should start with a stage that only contains source actions: {first['name']}"
        )
        yield "InvalidStructureException", message
    for stage in later:
        if any(map(_is_source, stage["actions"])):
            message = f"Only the first stage can contain source actions, not {stage['name']}"
            yield "InvalidStructureException", message


def _of_stage(stage: Declaration) -> Iterator[tuple[str, str]]:
    if not stage["actions"]:
        yield "InvalidStageDeclarationException", f"Stage {stage['name']} has no actions"
    for name in _repeated(action["name"] for action in stage["actions"]):
        yield (
            "InvalidActionDeclarationException",
            f"Action name must be unique within a stage. {name} has been used more than once in "
            f"{stage['name']}",
        )


def _of_artifacts(stages: list[Declaration]) -> Iterator[tuple[str, str]]:
    outputs = [name for stage in stages for action in stage["actions"] for name in _outputs(action)]
    for name in _repeated(outputs):
        yield (
            "InvalidActionDeclarationException",
            f"Output Artifact Bundle name must be unique within the pipeline. {name} has been used "
            "more than once",
        )
    declared: set[str] = set()
    for stage in stages:
        for together in _run_orders(stage["actions"]):
            for action in together:
                for missing in _inputs(action) - declared:
                    yield (
                        "InvalidActionDeclarationException",
                        f"Input Artifact Bundle {missing} in action {action['name']} is not "
                        "declared as Output Artifact Bundle in any of the preceding actions",
                    )
            declared.update(name for action in together for name in _outputs(action))


def _of_stores(pipeline: Declaration, region: str) -> Iterator[tuple[str, str]]:
    one, several = pipeline.get("artifactStore"), pipeline.get("artifactStores")
    if bool(one) == bool(several):
        message = "A pipeline needs either artifactStore or artifactStores, and not both"
        yield "InvalidStructureException", message
        return
    stores = set(several or {region})
    actions = [action for stage in pipeline["stages"] for action in stage["actions"]]
    for missing in {region, *(action.get("region", region) for action in actions)} - stores:
        yield "InvalidStructureException", f"There is no artifact store for region {missing}"


def _run_orders(actions: list[Declaration]) -> Iterator[list[Declaration]]:
    """The actions that run at the same time, first ones first."""
    for order in sorted({action.get("runOrder", 1) for action in actions}):
        yield [action for action in actions if action.get("runOrder", 1) == order]


def _is_source(action: Declaration) -> bool:
    return bool(action["actionTypeId"]["category"] == "Source")


def _inputs(action: Declaration) -> set[str]:
    return {artifact["name"] for artifact in action.get("inputArtifacts", [])}


def _outputs(action: Declaration) -> list[str]:
    return [artifact["name"] for artifact in action.get("outputArtifacts", [])]


def _repeated(names: Iterable[str]) -> list[str]:
    return [name for name, count in Counter(names).items() if count > 1]
