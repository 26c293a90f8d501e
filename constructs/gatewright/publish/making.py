"""Generating the SDKs that are to be published."""

import shutil
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from gatewright.publish.documents import written
from gatewright.publish.errors import PublishError
from gatewright.publish.indexes.index import Package
from gatewright.publish.plan import Plan
from gatewright.sdk.checksums import CHECKSUMS
from gatewright.sdk.errors import SdkError
from gatewright.sdk.run import PACKAGES, make_clients
from gatewright.sdk.settings import Settings as SdkSettings

Say = Callable[[str], None]


@dataclass(frozen=True, kw_only=True)
class Made:
    """The packages of one API in one language, and what else its callers read."""

    package: Package
    readme: Path


def make(
    project: str, folder: Path, plans: Sequence[Plan], say: Say, *, complete: bool
) -> list[Made]:
    """Generate what the plans want into ``folder``, which is written anew; a line per language.

    ``complete`` makes an error of a package that a machine without a JDK cannot build. Raises
    PublishError with the language, the API and the generator's log.
    """
    folder = folder.resolve()
    shutil.rmtree(folder, ignore_errors=True)
    made = []
    # One language after the other: what is in one folder is then of one language.
    for language in dict.fromkeys(name for plan in plans for name in plan.languages):
        wanted = [plan for plan in plans if language in plan.languages]
        settings = SdkSettings(
            documents=folder / language / "documents",
            target=folder / language / "clients",
            project=project,
            languages=(language,),
            changelogs=tuple(_changelogs(wanted, folder / language)),
            group="",
            complete=complete,
        )
        _write_documents(wanted, settings.documents)
        try:
            make_clients(settings, _without_summary(settings.target, say))
        except SdkError as error:
            raise PublishError(f"{language}: {error}") from error
        made += [_found(plan, language, settings.target / plan.api) for plan in wanted]
    return made


def _without_summary(target: Path, say: Say) -> Say:
    """``say``, but for the line about the folder, which is for people at a laptop."""

    def told(text: str) -> None:
        if not text.startswith(str(target)):
            say(text)

    return told


def _write_documents(plans: Iterable[Plan], folder: Path) -> None:
    folder.mkdir(parents=True)
    for plan in plans:
        (folder / f"{plan.api}.json").write_bytes(written(plan.document))


def _changelogs(plans: Iterable[Plan], folder: Path) -> list[Path]:
    files = []
    (folder / "changelogs").mkdir(parents=True)
    for plan in plans:
        file = folder / "changelogs" / f"{plan.api}.md"
        file.write_text(plan.changelog, encoding="utf-8")
        files.append(file)
    return files


def _found(plan: Plan, language: str, folder: Path) -> Made:
    files = tuple(sorted(f for f in (folder / PACKAGES).iterdir() if f.name != CHECKSUMS))
    return Made(
        package=Package(api=plan.api, language=language, version=plan.version, files=files),
        readme=folder / language / "README.md",
    )
