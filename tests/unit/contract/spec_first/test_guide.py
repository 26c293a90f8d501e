"""docs/guides/bring-your-openapi-file.md says what the command says."""

import re
from pathlib import Path

import pytest

from gatewright.contract.__main__ import main
from tests.unit.contract.spec_first.descriptions import Folder

GUIDE = (Path(__file__).parents[4] / "docs/guides/bring-your-openapi-file.md").read_text()


def test_the_guides_file_is_told_of_as_it_says(
    shop: Folder, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    [_platform, text] = re.findall(r"```yaml\n(.*?)```", GUIDE, re.DOTALL)
    [told] = re.findall(r"```text\n(.*?)```", GUIDE, re.DOTALL)
    shop.write(text)
    monkeypatch.chdir(shop.path)
    assert main(["openapi.yaml"]) == 1
    assert capsys.readouterr().out == told
    assert main(["openapi.yaml", "--backend-validates"]) == 0
