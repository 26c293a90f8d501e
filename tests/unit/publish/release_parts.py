"""A publication whose generator, trials and indexes are fakes, at a place in memory."""

import copy
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from gatewright.contract.document import JsonObject
from gatewright.publish.errors import PublishError
from gatewright.publish.indexes.index import Package
from gatewright.publish.judging import judge_with
from gatewright.publish.making import Made
from gatewright.publish.plan import Plan, Planner
from gatewright.publish.published import LATEST, read_published
from gatewright.publish.release import Tools, publish
from gatewright.publish.try_out.tried import Candidate

Say = Callable[[str], None]
LANGUAGES = ("python", "ruby")


class StoppedError(Exception):
    """The machine went away."""


@dataclass
class MemoryPlace:
    """Contents by name. After ``writes`` more of them the machine goes away."""

    contents: dict[str, bytes] = field(default_factory=dict)
    writes: int | None = None

    def read(self, name: str) -> bytes | None:
        return self.contents.get(name)

    def write(self, name: str, content: bytes) -> None:
        if self.writes is not None:
            if not self.writes:
                raise StoppedError
            self.writes -= 1
        self.contents[name] = content

    def delete(self, name: str) -> None:
        self.contents.pop(name, None)


@dataclass
class FakeIndex:
    """Keeps what was published by version, and takes no other content for it."""

    packages: dict[tuple[str, str], bytes] = field(default_factory=dict)

    def publish(self, package: Package) -> str:
        content = b"".join(file.read_bytes() for file in package.files)
        if self.packages.setdefault((package.api, package.version), content) != content:
            raise PublishError(f"{package.api} {package.version}: another content")
        return "published"


class FakeSigner:
    def sign(self, content: bytes) -> bytes:
        return b"signed " + content

    def public_key(self) -> bytes:
        return b"the key"


@dataclass
class Shop:
    """A project that is released over and over again."""

    folder: Path
    place: MemoryPlace = field(default_factory=MemoryPlace)
    index: FakeIndex = field(default_factory=FakeIndex)
    made: list[tuple[str, str, str]] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    languages: tuple[str, ...] = LANGUAGES

    def release(self, documents: Mapping[str, JsonObject], execution: str = "one") -> None:
        """Publish ``documents``. What was made, and what was told, is that of this run."""
        self.made, self.lines = [], []
        tools = Tools(
            place=self.place,
            planner=Planner(
                place=self.place,
                published=self._published(),
                languages=self.languages,
                judge=judge_with(documents, None),
            ),
            make=self._make,
            try_out=self._try_out,
            indexes=lambda: {"pypi": self.index},
            signer=FakeSigner(),
        )
        publish(documents, execution, tools, self.lines.append)

    def version(self, api: str) -> str:
        """The version of the last published contract."""
        return str(self._published()[api]["info"]["version"])

    def text(self, name: str) -> str:
        """What is at the place."""
        return self.place.contents[name].decode()

    def _published(self) -> dict[str, JsonObject]:
        folder = self.folder / "published"
        folder.mkdir(exist_ok=True)
        for file in folder.iterdir():
            file.unlink()
        for name, content in self.place.contents.items():
            if name.startswith(LATEST):
                (folder / name.rpartition("/")[2]).write_bytes(content)
        return read_published(str(folder))

    def _make(self, plans: Sequence[Plan], say: Say) -> list[Made]:
        return [self._package(plan, name, say) for plan in plans for name in plan.languages]

    def _package(self, plan: Plan, language: str, say: Say) -> Made:
        """Bytes that follow from the contract and the changelog, as the generator's do."""
        say(f"{language}: {plan.api} {plan.version}")
        self.made.append((plan.api, plan.version, language))
        file = self.folder / f"{plan.api}-{language}-{plan.version}.zip"
        file.write_text(f"{plan.document} {plan.changelog}")
        readme = self.folder / "README.md"
        readme.write_text("# Read me")
        package = Package(api=plan.api, language=language, version=plan.version, files=(file,))
        return Made(package=package, readme=readme)

    def _try_out(self, candidates: Sequence[Candidate], say: Say) -> None:
        for candidate in candidates:
            say(f"{candidate.title}: works")


def document(*operations: str, title: str = "Shop") -> JsonObject:
    """A contract with an operation for each name."""
    answer = {"200": {"description": "Good"}}
    return {
        "openapi": "3.0.3",
        "info": {"title": title, "version": "v1"},
        "paths": {
            f"/{name}": {"get": {"operationId": name, "summary": name, "responses": answer}}
            for name in operations
        },
    }


def reworded(earlier: JsonObject) -> JsonObject:
    """The contract with other words."""
    changed = copy.deepcopy(earlier)
    for item in changed["paths"].values():
        item["get"]["summary"] += ", in other words"
    return changed
