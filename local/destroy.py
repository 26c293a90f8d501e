"""`make destroy ENV=x`: removes an environment, here or on AWS, and says what it kept."""

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gatewright.config import (
    ConfigError,
    Environment,
    Platform,
    UnknownEnvironmentError,
    load_platform,
)
from gatewright.operations.kept import Kept, kept_after_deletion, protected_stacks
from local.cdk_cli import ROOT, run_cdk
from local.embedded_aws import LocalError
from local.outputs import FILE
from local.progress import Progress, fail
from local.server_process import running
from local.up import ENVIRONMENT, FOLDER, embedded_aws


@dataclass(frozen=True, kw_only=True)
class Target:
    """An environment, and how its AWS is reached."""

    folder: Path
    variables: Mapping[str, str]
    cloudformation: Any


def destroy(name: str, progress: Progress, folder: Path = FOLDER) -> None:
    """Remove every stack of the environment that is not protected from deletion.

    ``folder`` holds the files of the embedded AWS, where the local environment is.
    """
    platform = load_platform(ROOT / "platform.yaml")
    target = _target(platform.environment(name), folder)
    prefix = f"{platform.project}-{name}-"
    protected = protected_stacks(target.cloudformation, prefix)
    kept = kept_after_deletion(target.cloudformation, prefix)
    with progress.step(f"Removing environment {name}"):
        run_cdk(
            ["destroy", *_selection(platform, name, protected), "--force"],
            variables=target.variables,
            log=target.folder / "destroy.log",
            say=progress.say,
        )
    if name == ENVIRONMENT:
        (target.folder / FILE).unlink(missing_ok=True)
    print(_report(platform, protected, kept), flush=True)


def _target(environment: Environment, folder: Path) -> Target:
    if environment.name != ENVIRONMENT:
        _confirm(environment)
        return _on_aws(environment, folder)
    aws = embedded_aws(environment, folder)
    if running(folder) is None:
        raise LocalError("The embedded AWS does not run, so nothing is deployed to it.")
    return Target(
        folder=folder,
        variables=aws.variables(),
        cloudformation=aws.client("cloudformation"),
    )


def _on_aws(environment: Environment, folder: Path) -> Target:
    import boto3  # a fifth of a second that most commands do not need

    return Target(
        folder=folder,
        variables=dict(os.environ),
        cloudformation=boto3.client("cloudformation", region_name=environment.region),
    )


def _confirm(environment: Environment) -> None:
    answer = os.environ.get("CONFIRM") or input(
        f"This removes {environment.name} in account {environment.account}, "
        f"{environment.region}. Type its name to go on: "
    )
    if answer != environment.name:
        raise LocalError("Nothing was removed: the name was not typed.")


def _selection(platform: Platform, name: str, protected: list[str]) -> list[str]:
    ids = ["identity", *(api.api_name for api in platform.apis), "plans"]
    return [f"{name}/{i}" for i in ids if f"{platform.project}-{name}-{i}" not in protected]


def _report(platform: Platform, protected: list[str], kept: list[Kept]) -> str:
    lines = [
        f"  stack {stack}: protected. Turn its termination protection off to remove it."
        for stack in protected
    ]
    lines += [
        f"  {found.resource_type} {found.physical_id} of stack {found.stack}: its deletion policy "
        "retains it."
        for found in kept
        if found.stack not in protected
    ]
    lines.append(
        f"  stack {platform.project}-account-logging: every environment of the account shares it."
    )
    return "Removed. What was kept:\n" + "\n".join(lines)


def main() -> None:
    """The command."""
    try:
        destroy(sys.argv[1] if len(sys.argv) > 1 else ENVIRONMENT, Progress())
    except (ConfigError, UnknownEnvironmentError, LocalError) as error:
        fail(error)


if __name__ == "__main__":
    main()
