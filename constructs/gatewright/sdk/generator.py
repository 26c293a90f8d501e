"""Runs of openapi-generator: all documents in all languages in one Java, which starts once."""

import json
import re
import shutil
import subprocess
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from gatewright.contract.document import JsonObject
from gatewright.sdk.client_names import FILE, TEMPLATE, ClientNames, read_client_names
from gatewright.sdk.document import ApiDocument
from gatewright.sdk.errors import SdkError
from gatewright.sdk.java import Java
from gatewright.sdk.languages import Language
from gatewright.sdk.mappings import mappings
from gatewright.sdk.names import Names
from gatewright.sdk.specification import specification
from gatewright.sdk.told import told

TEMPLATES = Path(__file__).parent / "templates"
"""Templates in place of the generator's own, in a folder for each language."""

_SECONDS = 300
_MESSAGE_LINES = 8
_IGNORE = ".openapi-generator-ignore"
_BOOKKEEPING = (".openapi-generator", _IGNORE)
_BEGUN = re.compile(r"\[(\S+)\] Generating \S+ \(outputs to (.+)\)")
_DONE = re.compile(r"\[(\S+)\] Finished generating ")


@dataclass(frozen=True, kw_only=True)
class Generation:
    """What is generated from what. ``folder`` is for the sources and ``work`` for the run's own
    files; ``log`` gets all that the generator says of it, where it fails."""

    document: ApiDocument
    names: Names
    language: Language
    folder: Path
    work: Path
    log: Path


def generate_all(
    java: Java, generations: Sequence[Generation], log: Path
) -> Iterator[tuple[Generation, float]]:
    """Generate all sources, and give each as it is done, with the seconds that it took.

    Raises SdkError with the generator's words for the first one that fails.
    """
    waiting = {str(generation.folder): generation for generation in generations}
    configurations = [str(write_configuration(generation)) for generation in generations]
    begun: dict[str, tuple[str, float]] = {}
    for line in _lines(java.command("batch", *configurations), log):
        if found := _BEGUN.search(line):
            begun[found[1]] = (found[2], time.monotonic())
        elif (found := _DONE.search(line)) and found[1] in begun:
            folder, since = begun.pop(found[1])
            if generation := waiting.pop(folder, None):
                _clean(generation)
                yield generation, time.monotonic() - since
    # What is left has failed among the others: alone, it tells why, in a log of its own.
    for generation in waiting.values():
        since = time.monotonic()
        generate(java, generation)
        yield generation, time.monotonic() - since


def generate(java: Java, generation: Generation) -> None:
    """Generate one. Raises SdkError with the generator's words where it fails."""
    command = java.command("generate", "--config", str(write_configuration(generation)))
    try:
        ended = subprocess.run(
            command, capture_output=True, text=True, timeout=_SECONDS, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise _failure(generation, f"it did not end in {_SECONDS} s") from error
    if ended.returncode != 0:
        said = ended.stdout + ended.stderr
        generation.log.parent.mkdir(parents=True, exist_ok=True)
        generation.log.write_text(said, encoding="utf-8")
        raise _failure(generation, _message(said))
    _clean(generation)


def _lines(command: Sequence[str], log: Path) -> Iterator[str]:
    """What a program says, line by line, which the log gets too."""
    log.parent.mkdir(parents=True, exist_ok=True)
    with (
        log.open("w", encoding="utf-8") as copy,
        subprocess.Popen(
            command,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            errors="replace",
        ) as program,
    ):
        for line in program.stdout or ():
            copy.write(line)
            yield line


def write_configuration(generation: Generation) -> Path:
    """Write what the generator reads (openapi-generator.tech, "Customization"), and say where."""
    document, language = generation.document, generation.language
    work = generation.work
    work.mkdir(parents=True, exist_ok=True)
    file = work / f"{document.api}.json"
    file.write_text(json.dumps(specification(document)), encoding="utf-8")
    # It is heeded in the folder that is written, and nowhere else.
    generation.folder.mkdir(parents=True, exist_ok=True)
    ignored = "\n".join(language.ignored) + "\n"
    (generation.folder / _IGNORE).write_text(ignored, encoding="utf-8")
    options = language.options_for(document, generation.names)
    configuration: JsonObject = {
        "generatorName": language.generator,
        "inputSpec": str(file),
        "outputDir": str(generation.folder),
        "httpUserAgent": f"{generation.names.distribution}/{document.version} ({language.name})",
        "globalProperties": {"apiTests": "false", "modelTests": "false"},
        "additionalProperties": {**options, **told(document, generation.names, language.name)},
    }
    if "library" in options:
        configuration["library"] = configuration["additionalProperties"].pop("library")
    configuration.update(mappings(document, language.name))
    templates = _templates(generation)
    configuration["templateDir"] = str(templates)
    configuration["files"] = _added(generation, templates, configuration.get("library", ""))
    written = work / "configuration.json"
    written.write_text(json.dumps(configuration, indent=2), encoding="utf-8")
    return written


def _templates(generation: Generation) -> Path:
    """The folder of the language's templates and of that for the names of the client."""
    own, folder = TEMPLATES / generation.language.folder, generation.work / "templates"
    if own.is_dir():
        shutil.copytree(own, folder, dirs_exist_ok=True)
    folder.mkdir(exist_ok=True)
    shutil.copy(TEMPLATES / TEMPLATE, folder)
    return folder


def _added(generation: Generation, templates: Path, library: str) -> JsonObject:
    """The templates of ours that are no replacement, as the configuration names them."""
    added = {**generation.language.added_for(generation.names), TEMPLATE: FILE}
    return {
        template: {"templateType": "SupportingFiles", "destinationFilename": file}
        for template, file in added.items()
        if (templates / template).exists()
        or (templates / "libraries" / library / template).exists()
    }


def _failure(generation: Generation, message: str) -> SdkError:
    return SdkError(
        f"{generation.document.api}, {generation.language.name}: the generator failed: {message}",
        f"mend the document; all that the generator said is in {generation.log}",
    )


def _message(log: str) -> str:
    """What the generator said went wrong, without where it was in its code."""
    lines = [line.rstrip() for line in log.splitlines() if line.strip()]
    first = next((i for i, line in enumerate(lines) if "Exception" in line or "[error]" in line), 0)
    said = [line for line in lines[first:] if not line.startswith("\tat ")]
    return "\n    ".join(said[:_MESSAGE_LINES]) or "it said nothing"


def client_names(generation: Generation) -> ClientNames:
    """What the generator has called everything; its file is gone then."""
    file = generation.folder / FILE
    found = read_client_names(generation.language.name, file)
    _remove(file)
    return found


def _clean(generation: Generation) -> None:
    for name in _BOOKKEEPING:
        _remove(generation.folder / name)


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
