from pathlib import Path

import pytest

from tests.unit.contract.spec_first.descriptions import Folder


@pytest.fixture
def shop(tmp_path: Path) -> Folder:
    return Folder(tmp_path / "lambda_src" / "shop")
