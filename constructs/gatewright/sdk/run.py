"""One run: every document in every language, side by side, and then the target at once."""

import os
import shutil
import tempfile
import time
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path

from gatewright.nearest import did_you_mean
from gatewright.sdk.checksums import write_checksums
from gatewright.sdk.client_names import ClientNames
from gatewright.sdk.document import ApiDocument, read_documents
from gatewright.sdk.errors import SdkError
from gatewright.sdk.generator import Generation, client_names, generate_all
from gatewright.sdk.java import Java, find_java
from gatewright.sdk.languages import LANGUAGES, Language, language
from gatewright.sdk.names import names_of
from gatewright.sdk.packages import BUILDERS
from gatewright.sdk.packages.sources import Sources
from gatewright.sdk.pages import write_pages
from gatewright.sdk.settings import Settings
from gatewright.sdk.unnameable import Fault, check_operations, faults, refuse

PACKAGES = "packages"

Say = Callable[[str], None]


def make_clients(settings: Settings, say: Say) -> None:
    """Write the clients, and ``say`` a line as each language is done.

    Raises SdkError, and leaves the target as it was, where one of them cannot be made.
    """
    begun = time.monotonic()
    chosen = [language(name) for name in settings.languages] or list(LANGUAGES)
    documents = read_documents(settings.documents)
    check_operations(documents)
    changelogs = read_changelogs(settings.changelogs, documents)
    java = find_java()
    settings.target.parent.mkdir(parents=True, exist_ok=True)
    # Beside the target, so that a rename puts it in place.
    with tempfile.TemporaryDirectory(prefix=".sdk-", dir=settings.target.parent) as name:
        run = _Run(settings, java, changelogs, Path(name))
        run.make(chosen, documents, say)
        for document in documents:
            write_checksums(run.made / document.api / PACKAGES)
        replace(settings.target, run.made)
    count = len(list(settings.target.glob(f"*/{PACKAGES}/*")))
    say(f"{settings.target}: {count} files to publish ({time.monotonic() - begun:.1f} s)")


def read_changelogs(files: tuple[Path, ...], documents: tuple[ApiDocument, ...]) -> dict[str, str]:
    """The changelogs by API. Raises SdkError for one that is of no API, or cannot be read."""
    apis = [document.api for document in documents]
    found = {}
    for file in files:
        if file.stem not in apis:
            remedy = did_you_mean(file.stem, apis) or f"call it <api>.md; known are {apis}"
            raise SdkError(f"{file}: it is the changelog of no document", remedy)
        try:
            found[file.stem] = file.read_text(encoding="utf-8")
        except (OSError, ValueError) as error:
            raise SdkError(
                f"{file}: it cannot be read: {error}", "give Markdown, as UTF-8"
            ) from error
    return found


def replace(target: Path, made: Path) -> None:
    """Put the folder ``made`` in the place of ``target``."""
    old = made.parent / "old"
    if target.exists():
        target.rename(old)
    made.rename(target)
    shutil.rmtree(old, ignore_errors=True)


@dataclass(frozen=True)
class _Built:
    """The packages of one client. ``missing`` says which one could not be made, and why."""

    api: str
    seconds: float
    missing: str


@dataclass(frozen=True)
class _Run:
    settings: Settings
    java: Java
    changelogs: Mapping[str, str]
    folder: Path

    @property
    def made(self) -> Path:
        return self.folder / "made"

    def make(self, chosen: list[Language], documents: tuple[ApiDocument, ...], say: Say) -> None:
        generations = [self._generation(one, document) for one in chosen for document in documents]
        for document in documents:
            (self.made / document.api / PACKAGES).mkdir(parents=True)
        shutil.rmtree(self._logs, ignore_errors=True)
        log = self._logs / "generator.log"
        spent = dict.fromkeys((one.name for one in chosen), 0.0)
        missing = {one.name: len(documents) for one in chosen}
        # Packages are built while the generator goes on.
        with ThreadPoolExecutor(max_workers=os.cpu_count() or 1) as pool:
            jobs: dict[Future[_Built], Language] = {}
            unnameable: list[tuple[str, Fault]] = []
            for generation, seconds in generate_all(self.java, generations, log):
                spent[generation.language.name] += seconds
                names = client_names(generation)
                if found := list(faults(names)):
                    unnameable += [(generation.document.api, fault) for fault in found]
                else:
                    job = pool.submit(self._package, generation, names)
                    jobs[job] = generation.language
            try:
                for document in documents:
                    refuse(document.api, [one for api, one in unnameable if api == document.api])
                for job in as_completed(jobs):
                    one = jobs[job]
                    built = job.result()
                    spent[one.name] += built.seconds
                    if built.missing:
                        self._tell_of_missing(f"{built.api}, {one.name}: {built.missing}", say)
                    missing[one.name] -= 1
                    if not missing[one.name]:
                        say(_line(one, documents, spent[one.name]))
            except SdkError:
                pool.shutdown(cancel_futures=True)
                raise

    def _tell_of_missing(self, what: str, say: Say) -> None:
        if self.settings.complete:
            raise SdkError(what, "install that, or leave out --complete to make the rest")
        say(what)

    @property
    def _logs(self) -> Path:
        return self.settings.target.with_name(f"{self.settings.target.name}-logs")

    def _generation(self, one: Language, document: ApiDocument) -> Generation:
        return Generation(
            document=document,
            names=names_of(document, self.settings.project, self.settings.group),
            language=one,
            folder=self.made / document.api / one.name,
            work=self.folder / "work" / document.api / one.name,
            log=self._logs / f"{document.api}-{one.name}.log",
        )

    def _package(self, generation: Generation, client: ClientNames) -> _Built:
        begun = time.monotonic()
        sources = Sources(
            document=generation.document,
            names=generation.names,
            client=client,
            folder=generation.folder,
        )
        api = generation.document.api
        write_pages(sources, self.changelogs.get(api))
        missing = BUILDERS[sources.language](sources, self.made / api / PACKAGES)
        return _Built(api, time.monotonic() - begun, missing or "")


def _line(one: Language, documents: tuple[ApiDocument, ...], seconds: float) -> str:
    made = ", ".join(f"{document.api} {document.version}" for document in documents)
    return f"{one.name}: {made} ({seconds:.1f} s)"
