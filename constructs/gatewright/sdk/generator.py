"""One run of openapi-generator: one document, one language."""

import json
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gatewright.sdk.document import ApiDocument
from gatewright.sdk.errors import SdkError
from gatewright.sdk.java import Java
from gatewright.sdk.languages import Language
from gatewright.sdk.names import Names

TEMPLATES = Path(__file__).parent / "templates"
"""Templates in place of the generator's own, in a folder for each language."""

_SECONDS = 300
_MESSAGE_LINES = 8
_IGNORE = ".openapi-generator-ignore"
_BOOKKEEPING = (".openapi-generator", _IGNORE)


@dataclass(frozen=True, kw_only=True)
class Generation:
    """What is generated from what. ``folder`` is for the sources and ``work`` for the run's own
    files; ``log`` gets all that the generator says."""

    document: ApiDocument
    names: Names
    language: Language
    folder: Path
    work: Path
    log: Path


def generate(java: Java, generation: Generation) -> None:
    """Generate the sources. Raises SdkError with the generator's words where it fails."""
    configuration = write_configuration(generation)
    command = java.command("generate", "--config", str(configuration))
    generation.log.parent.mkdir(parents=True, exist_ok=True)
    with generation.log.open("w", encoding="utf-8") as log:
        try:
            ended = subprocess.run(
                command, stdout=log, stderr=subprocess.STDOUT, timeout=_SECONDS, check=False
            )
        except subprocess.TimeoutExpired as error:
            raise _failure(generation, f"it did not end in {_SECONDS} s") from error
    if ended.returncode != 0:
        raise _failure(generation, _message(generation.log.read_text(errors="replace")))
    for name in _BOOKKEEPING:
        _remove(generation.folder / name)


def write_configuration(generation: Generation) -> Path:
    """Write what the generator reads (openapi-generator.tech, "Customization"), and say where."""
    document, language = generation.document, generation.language
    work = generation.work
    work.mkdir(parents=True, exist_ok=True)
    content = {
        **document.content,
        "info": {**document.content["info"], "version": document.version},
    }
    specification = work / f"{document.api}.json"
    specification.write_text(json.dumps(content), encoding="utf-8")
    # It is heeded in the folder that is written, and nowhere else.
    generation.folder.mkdir(parents=True, exist_ok=True)
    ignored = "\n".join(language.ignored) + "\n"
    (generation.folder / _IGNORE).write_text(ignored, encoding="utf-8")
    options = language.options_for(document, generation.names)
    configuration: dict[str, Any] = {
        "generatorName": language.generator,
        "inputSpec": str(specification),
        "outputDir": str(generation.folder),
        "globalProperties": {"apiTests": "false", "modelTests": "false"},
        "additionalProperties": {**options, "errorModel": generation.names.error_model},
    }
    if "library" in options:
        configuration["library"] = configuration["additionalProperties"].pop("library")
    if (templates := TEMPLATES / language.name).is_dir():
        configuration["templateDir"] = str(templates)
    # A class of operations is named by their tag, and would be DefaultApi without.
    if not any(operation.get("tags") for _, _, operation in document.operations()):
        tags = {"SET_TAGS_FOR_ALL_OPERATIONS": generation.names.tag}
        configuration["openapiNormalizer"] = tags
    file = work / "configuration.json"
    file.write_text(json.dumps(configuration, indent=2), encoding="utf-8")
    return file


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


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
