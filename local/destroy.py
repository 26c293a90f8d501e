"""`make destroy ENV=x`: removes an environment, here or on AWS, and says what it kept."""

import os
import sys
from pathlib import Path

from botocore.exceptions import BotoCoreError, ClientError

from gatewright.config import (
    ConfigError,
    Environment,
    UnknownEnvironmentError,
    load_platform,
)
from gatewright.operations.kept import DeployedStack, Kept, kept_after_deletion, tagged_stacks
from local.cdk_cli import ROOT, run_cdk
from local.embedded_aws import LocalError
from local.outputs import FILE
from local.progress import Progress, fail
from local.target import reach
from local.up import ENVIRONMENT, FOLDER
from stacks.platform import environment_tags, stack_ids


def destroy(name: str, progress: Progress, folder: Path = FOLDER) -> None:
    """Remove every stack of the environment that is not protected from deletion.

    ``folder`` holds the files of the embedded AWS, where the local environment is.
    """
    platform = load_platform(ROOT / "platform.yaml")
    environment = platform.environment(name)
    if name != ENVIRONMENT:
        _confirm(environment)
    target = reach(environment, folder)
    cloudformation = target.client("cloudformation")
    stacks = tagged_stacks(cloudformation, environment_tags(platform, environment))
    ids = stack_ids(platform, environment)
    removed = [stack for stack in stacks if stack.name in ids and not stack.protected]
    kept = [k for stack in removed for k in kept_after_deletion(cloudformation, stack.name)]
    if removed:
        with progress.step(f"Removing environment {name}"):
            run_cdk(
                ["destroy", *(ids[stack.name] for stack in removed), "--force", *_app(name)],
                variables=target.variables,
                log=target.folder / "destroy.log",
                say=progress.say,
            )
    if name == ENVIRONMENT:
        (target.folder / FILE).unlink(missing_ok=True)
    remaining = [stack for stack in stacks if stack not in removed]
    print(report(platform.project, len(removed), remaining, kept), flush=True)


def _app(name: str) -> list[str]:
    """The local environment alone: the pipeline, which has its part in the others, is not here."""
    return ["--app", f"python app.py {name}"] if name == ENVIRONMENT else []


def _confirm(environment: Environment) -> None:
    question = (
        f"This removes {environment.name} in account {environment.account}, "
        f"{environment.region}. Type its name to go on: "
    )
    try:
        answer = os.environ.get("CONFIRM") or input(question)
    except EOFError:
        answer = ""
    if answer != environment.name:
        raise LocalError(
            f"Nothing was removed: the name was not typed. Without a terminal, set "
            f"CONFIRM={environment.name}."
        )


def report(project: str, removed: int, remaining: list[DeployedStack], kept: list[Kept]) -> str:
    """What was done and what is left: ``remaining`` stacks, and what removed ones ``kept``."""
    nothing = "Removed nothing." if remaining else "Nothing was deployed."
    lines = [f"Removed {removed} stacks." if removed else nothing, "What was kept:"]
    for stack in remaining:
        reason = (
            "is protected: turn its termination protection off to remove it"
            if stack.protected
            else "is no longer in platform.yaml: remove it with `aws cloudformation delete-stack`"
        )
        lines.append(f"  stack {stack.name} {reason}")
    lines += [f"  {k.resource_type} {k.physical_id} of stack {k.stack}: retained" for k in kept]
    lines.append(f"  stack {project}-account-logging: all environments of the account share it")
    return "\n".join(lines)


def main() -> None:
    """The command."""
    try:
        destroy(sys.argv[1] if len(sys.argv) > 1 else ENVIRONMENT, Progress())
    except (ConfigError, UnknownEnvironmentError, LocalError) as error:
        fail(error)
    except (BotoCoreError, ClientError) as error:
        fail(LocalError(f"AWS could not be asked: {error}\nNothing was removed."))


if __name__ == "__main__":
    main()
