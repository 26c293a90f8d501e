"""A copy of the platform that a test may change and deploy."""

import shutil
from pathlib import Path

from local.cdk_cli import ROOT, run_cdk
from local.embedded_aws import EmbeddedAws
from tests.synthesis import copied_platform


def deployable_copy(folder: Path) -> Path:
    """The app, the stacks, the services and platform.yaml, in ``folder``."""
    copied_platform(folder)
    for name in ("app.py", "cdk.json"):
        shutil.copy(ROOT / name, folder)
    shutil.copytree(ROOT / "stacks", folder / "stacks")
    return folder


def deploy(aws: EmbeddedAws, root: Path) -> None:
    """Deploy the local environment of the platform in ``root``."""
    run_cdk(
        ["deploy", "local/*", "--require-approval", "never", "--app", "python app.py local"],
        variables=aws.variables(),
        log=aws.folder / "deploy.log",
        say=print,
        folder=root,
    )
