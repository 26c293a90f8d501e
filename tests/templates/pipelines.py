"""Looking into the template of a pipeline, and at platforms with other pipelines."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.synthesis import Template, change_yaml, copied_platform, only, synthesise


def stages(release: Template) -> dict[str, Any]:
    """The stages by name, in order."""
    _, pipeline = only(release, "AWS::CodePipeline::Pipeline")
    return {stage["Name"]: stage for stage in pipeline["Properties"]["Stages"]}


def actions(stage: Any) -> list[str]:
    """The names of a stage's actions in the order that they run."""
    ordered = sorted(stage["Actions"], key=lambda action: (action["RunOrder"], action["Name"]))
    return [action["Name"] for action in ordered]


def action(release: Template, stage: str, name: str) -> Any:
    """One action of a stage."""
    [found] = [a for a in stages(release)[stage]["Actions"] if a["Name"] == name]
    return found


def project_of(release: Template, build: Any) -> Any:
    """The CodeBuild project of an action, without its type."""
    return release["Resources"][build["Configuration"]["ProjectName"]["Ref"]]["Properties"]


def synthesised_with(
    folder: Path, change: Callable[[dict[str, Any]], object]
) -> dict[str, Template]:
    """The shipped platform, synthesised with another platform.yaml."""
    root = copied_platform(folder / "platform")
    change_yaml(root / "platform.yaml", change)
    return synthesise(folder / "out", root=root)


def in_four_accounts(platform: dict[str, Any]) -> None:
    """The pipeline in one account, and each environment in another, prod in another region."""
    platform["pipeline"].update(account="222222222222", region="eu-west-1")
    for name, account, region in (
        ("test", "333333333333", "eu-west-1"),
        ("beta", "444444444444", "eu-west-1"),
        ("prod", "111111111111", "us-east-1"),
    ):
        platform["environments"][name].update(account=account, region=region)


def release_with(folder: Path, change: Callable[[dict[str, Any]], object]) -> Template:
    """The pipeline's own stack after ``change`` of the section `pipeline`."""
    found = synthesised_with(folder, lambda platform: change(platform["pipeline"]))
    [name] = [name for name in found if name.endswith("/gatewright-pipeline")]
    return found[name]
