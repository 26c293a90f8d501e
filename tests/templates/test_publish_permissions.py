"""The role of the last stage may do what the table of publishing lists, and nothing else."""

import json
from pathlib import Path
from typing import Any

import pytest

from gatewright.publish.permissions import ACTIONS
from tests.templates.test_pipeline_sdks import CODEARTIFACT, statements, with_sdks

_INDEX_PARTS = {"codeartifact", "secret"}
# What CDK Pipelines gives to every build: its artifacts, its log, its reports.
_OF_A_BUILD = ("logs:", "codebuild:", "s3:Get", "s3:List", "kms:")


@pytest.mark.parametrize(
    ("sdks", "part"),
    [
        ({"codeartifact": CODEARTIFACT}, "codeartifact"),
        ({"indexes": {"npm": "https://n.example/", "secret": "packages"}}, "secret"),
    ],
    ids=["codeartifact", "another index"],
)
def test_the_role_has_the_table(tmp_path: Path, sdks: dict[str, Any], part: str) -> None:
    found = [s["Action"] for s in statements(with_sdks(tmp_path, **sdks))]
    allowed = {
        action
        for actions in found
        for action in ([actions] if isinstance(actions, str) else actions)
    }
    table = {
        action
        for name, actions in ACTIONS.items()
        if name not in _INDEX_PARTS - {part}
        for action in actions
    }
    assert table <= allowed, json.dumps(sorted(table - allowed))
    others = {action for action in allowed - table if not action.startswith(_OF_A_BUILD)}
    assert others == set()
