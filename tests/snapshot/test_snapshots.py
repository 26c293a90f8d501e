"""Every stack as it is deployed, but for the hashes of assets.

`python -m pytest tests/snapshot --snapshot-update` takes a change in; read its diff.
"""

import json
import re
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion
from syrupy.extensions.json import JSONSnapshotExtension

from gatewright.config import load_platform
from stacks.platform import stack_ids
from tests.synthesis import ROOT, Template, change_text, copied_platform, synthesise
from tests.templates.pipelines import in_four_accounts, synthesised_with


def _stacks() -> list[str]:
    """Every stack that platform.yaml asks for, by account, region and name."""
    platform = load_platform(ROOT / "platform.yaml")
    shared = [
        f"{account}-{region}/{platform.project}-account-logging"
        for account, region in platform.account_regions
    ]
    own = [
        f"{environment.account}-{environment.region}/{stack}"
        for environment in platform.environments
        for stack in stack_ids(platform, environment)
    ]
    pipeline = platform.pipeline
    release = [f"{pipeline.account}-{pipeline.region}/gatewright-pipeline"] if pipeline else []
    return sorted(shared + own + release)


STACKS = _stacks()

# What follows from a function's bytes: its asset, its release, and the logical ids with that
# release in them, which end in eight digits of the CDK's own hash of their path.
NORMALISED = (
    (re.compile(r"\b[0-9a-f]{64}\b"), "<asset>"),
    (re.compile(r"(Release\w+?)r[0-9a-f]{10}[0-9A-F]{8}"), r"\1<release>"),
    (re.compile(r"\br-[0-9a-f]{10}\b"), "r-<release>"),
)


def normalised(template: Template) -> Template:
    text = json.dumps(template)
    for pattern, replacement in NORMALISED:
        text = pattern.sub(replacement, text)
    found: Template = json.loads(text)
    return found


@pytest.fixture(scope="module")
def templates(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Template]:
    return synthesise(tmp_path_factory.mktemp("cdk.out"))


def test_no_stack_is_left_out(templates: dict[str, Template]) -> None:
    assert sorted(templates) == STACKS


@pytest.mark.parametrize("name", STACKS, ids=lambda name: name.replace("/", "-"))
def test_stack(templates: dict[str, Template], name: str, snapshot: SnapshotAssertion) -> None:
    assert normalised(templates[name]) == snapshot(extension_class=JSONSnapshotExtension)


def test_changed_code_moves_no_snapshot(tmp_path: Path, templates: dict[str, Template]) -> None:
    root = copied_platform(tmp_path / "platform")
    change_text(root / "lambda_src/foods/v1/stock.py", '"hotdog": "no"', '"hotdog": "yes"')
    changed = synthesise(tmp_path / "out", root=root)
    assert changed != templates
    assert {n: normalised(t) for n, t in changed.items()} == {
        n: normalised(t) for n, t in templates.items()
    }


def test_four_accounts_and_two_regions(tmp_path: Path, snapshot: SnapshotAssertion) -> None:
    found = synthesised_with(tmp_path, in_four_accounts)
    release = {name: found[name] for name in sorted(found) if "-pipeline" in name}
    assert list(release) == [
        "222222222222-eu-west-1/gatewright-pipeline",
        "222222222222-us-east-1/gatewright-pipeline-support-us-east-1",
    ]
    for name, template in release.items():
        assert normalised(template) == snapshot(
            name=name.replace("/", "-"), extension_class=JSONSnapshotExtension
        )
