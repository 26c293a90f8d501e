"""The guide's example of an import says what the command says."""

import re
from pathlib import Path

import pytest

from gatewright.contract.__main__ import main

GUIDE = (Path(__file__).parents[4] / "docs" / "guides" / "bring-your-app.md").read_text()


def test_the_guides_template_is_told_as_it_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    [template] = re.findall(r"```yaml\n(Transform:.*?)```", GUIDE, re.DOTALL)
    [told] = re.findall(r"```text\n(.*?)```", GUIDE, re.DOTALL)
    (tmp_path / "template.yaml").write_text(template)
    monkeypatch.chdir(tmp_path)
    assert main(["import", "template.yaml"]) == 0
    captured = capsys.readouterr()
    assert captured.err == told
    (tmp_path / "openapi.yaml").write_text(captured.out)
    assert main(["openapi.yaml", "--backend-validates"]) == 0
