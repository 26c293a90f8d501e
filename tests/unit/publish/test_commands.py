"""Programs are run with what they are told alone, and what they say has no secrets."""

import sys
from pathlib import Path

import pytest

from gatewright.publish.commands import run, without

_ENVIRONMENT = "import os; print(*sorted(os.environ))"


def test_secrets_are_hidden_and_the_longest_first() -> None:
    assert without("abc ab a", ["ab", "abc"]) == "*** *** a"


def test_a_program_that_fails_says_so_without_secrets(tmp_path: Path) -> None:
    ended = run(
        [sys.executable, "-c", "import sys; print('pass-word'); sys.exit('pass-word')"],
        folder=tmp_path,
        variables={},
        secrets=["pass-word"],
    )
    assert not ended.succeeded
    assert ended.output.split() == ["***", "***"]


def test_nothing_of_the_shell_decides_where_packages_go(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = ["AWS_SECRET_ACCESS_KEY", "TWINE_PASSWORD", "npm_config_registry", "PIP_INDEX_URL"]
    for name in (*names, "HTTPS_PROXY"):
        monkeypatch.setenv(name, "set")
    ended = run(
        [sys.executable, "-c", _ENVIRONMENT],
        folder=tmp_path,
        variables={"TWINE_USERNAME": "told"},
        secrets=[],
    )
    found = set(ended.output.split())
    assert not found & set(names)
    assert {"HTTPS_PROXY", "PATH", "TWINE_USERNAME"} <= found
