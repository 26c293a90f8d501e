"""What the tests of indexes share."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import pytest

from gatewright.publish import commands
from gatewright.publish.commands import Ended
from gatewright.publish.indexes import maven, npm, pypi
from tests.unit.publish.indexes.answering import AnsweringIndex, answering_index


@pytest.fixture
def index() -> Iterator[AnsweringIndex]:
    with answering_index() as found:
        yield found


class FakeProgram:
    """Stands for twine, npm and mvn: ``ended`` is how they end, ``files`` what they were given."""

    def __init__(self) -> None:
        self.ended = Ended(succeeded=True, output="")
        self.commands: list[Sequence[str]] = []
        self.variables: Mapping[str, str] = {}
        self.files: dict[str, str] = {}

    def run(
        self,
        command: Sequence[str],
        *,
        folder: Path,
        variables: Mapping[str, str],
        secrets: Sequence[str],
    ) -> Ended:
        self.commands.append(command)
        self.variables = variables
        self.files = {file.name: file.read_text() for file in folder.iterdir() if file.is_file()}
        output = commands.without(self.ended.output, secrets)
        return Ended(succeeded=self.ended.succeeded, output=output)


@pytest.fixture
def program(monkeypatch: pytest.MonkeyPatch) -> FakeProgram:
    fake = FakeProgram()
    for module in (pypi, npm, maven):
        monkeypatch.setattr(module, "run", fake.run)
    monkeypatch.setattr(npm, "npm_command", lambda: ["npm"])
    monkeypatch.setattr(maven, "maven_program", lambda: "mvn")
    return fake
