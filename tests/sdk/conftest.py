"""All clients of the services that ship, and a server to call."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from gatewright.config import load_platform
from local.sdk import PYTHON
from stacks.contracts import read_contracts
from stacks.release_documents import write_documents
from tests.sdk.answering import Answering, answering
from tests.sdk.programs import run
from tests.synthesis import ROOT


@pytest.fixture(scope="session")
def documents(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the public documents."""
    folder = tmp_path_factory.mktemp("documents")
    platform = load_platform(ROOT / "platform.yaml")
    write_documents(platform, read_contracts(platform, ROOT), ROOT, folder)
    return folder / "openapi"


@pytest.fixture(scope="session")
def sdk(documents: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that `make sdk` writes: <api>/<language> and <api>/packages."""
    return generated(documents, tmp_path_factory.mktemp("clients") / "sdk")


@pytest.fixture
def server() -> Iterator[Answering]:
    """The API foods of both versions, as far as the clients are asked here."""
    with answering() as found:
        yield found


def generated(documents: Path, target: Path, *words: str) -> Path:
    """Generate clients of the documents, and say where."""
    command = [str(PYTHON), "-m", "gatewright.sdk", str(documents), str(target)]
    run([*command, "--project", "gatewright", *words], PYTHONPATH=str(ROOT / "constructs"))
    return target
