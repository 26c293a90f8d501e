"""The showcase, synthesised with another platform.yaml, and what linters say of it."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from cdk_nag import AwsSolutionsChecks
from cfnlint import api as cfnlint
from cfnlint.config import ManualArgs

from tests.local.showcase import SHOWCASE
from tests.synthesis import Template, change_yaml, copied_platform, synthesise

# W3005: an explicit dependency beside an implied one; the order of a release is written down.
_ACCEPTED = ["W3005"]


def showcase_copy(folder: Path) -> Path:
    """The showcase's own files in ``folder``, to change and synthesise."""
    copied_platform(folder)
    shutil.rmtree(folder / "lambda_src")
    shutil.copytree(SHOWCASE, folder, dirs_exist_ok=True)
    return folder


def showcase_template(
    folder: Path, service: str, change: Callable[[dict[str, Any]], object] = lambda _version: None
) -> Template:
    """The template of version 1 of ``service``, after ``change`` of its section.

    cdk-nag fails the synthesis when a rule is broken and not acknowledged.
    """
    root = folder / "platform"
    if not root.exists():
        showcase_copy(root)
    change_yaml(
        root / "platform.yaml", lambda file: change(file["services"][service]["versions"]["v1"])
    )
    found = synthesise(
        folder / "out", root=root, only="local", plugins=lambda app: [AwsSolutionsChecks(app)]
    )
    return found[f"000000000000-us-east-1/showcase-local-{service}-v1"]


def lint_findings(template: Template) -> list[str]:
    """What cfn-lint finds in a template, by CloudFormation's schema of us-east-1."""
    found = cfnlint.lint(
        json.dumps(template),
        config=ManualArgs(regions=["us-east-1"], ignore_checks=_ACCEPTED),
    )
    return [f"{match.rule.id} {match.message} {match.path}" for match in found]
