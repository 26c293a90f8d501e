"""Tries a folder of API descriptions: `python -m bench.descriptions FOLDER`.

Each file with `openapi` or `swagger` at its top is read, compiled for the gateway and written as a
public document, in a process of its own with a time limit. The answer is a table in Markdown:
whether it is served as it is; if the function validates (backend_validates: true); if its callers,
besides, send an API key, whatever it asks for; and what is refused even then. One that crashed or
was not answered in time makes the command fail.
"""

import argparse
import json
import re
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

import yaml

from gatewright.contract import GatewayBinding, compile_gateway, public_document
from gatewright.contract.spec_first import ReadDescription, read_description
from gatewright.yaml12 import CoreSchemaLoader

_SUFFIXES = (".json", ".yaml", ".yml")
_MARK = re.compile(
    r"""^["']?(?:openapi|swagger)["']?\s*:|[{,]\s*"(?:openapi|swagger)"\s*:\s*"[23]""", re.M
)
_BAD = ("crashed", "not answered in time")
_BINDING = GatewayBinding(
    title="shop-local-goods-v1",
    integration_uri="arn:aws:lambda:us-east-1:111111111111:function:goods",
    user_pool_arns=("arn:aws:cognito-idp:us-east-1:111111111111:userpool/us-east-1_a",),
    allow_origin="*",
)


@dataclass(frozen=True)
class Answer:
    """What became of one description. ``reasons`` are the most frequent of its refusal."""

    verdict: str
    operations: int = 0
    problems: int = 0
    reasons: tuple[str, ...] = ()


def one(file: Path, folder: Path) -> Answer:
    """Read and compile one description, in this process."""
    strict = _read(file, folder, backend_validates=False)
    counted = Counter(problem.reason for problem in strict.problems)
    for verdict, found in _readings(strict, file, folder):
        if found.contract is not None:
            compile_gateway(found.contract, _BINDING)
            public_document(found.contract)
            return Answer(verdict, len(list(found.contract.operations())), len(strict.problems))
        counted = Counter(problem.reason for problem in found.problems)
    common = tuple(f"{text} ({times})" for text, times in counted.most_common(3))
    return Answer("refused", 0, len(strict.problems), common)


def _readings(
    strict: ReadDescription, file: Path, folder: Path
) -> Iterator[tuple[str, ReadDescription]]:
    yield "served", strict
    yield "served if the function validates", _read(file, folder, backend_validates=True)
    with _asking_for_keys(file) as changed:
        yield "served if callers send a key, too", _read(changed, folder, backend_validates=True)


@contextmanager
def _asking_for_keys(file: Path) -> Iterator[Path]:
    """A copy beside ``file`` whose operations all ask for an API key."""
    text = file.read_text("utf-8-sig")
    is_json = file.suffix == ".json"
    content = json.loads(text) if is_json else yaml.load(text, Loader=CoreSchemaLoader)  # noqa: S506
    schemes = {"key": {"type": "apiKey", "in": "header", "name": "x-api-key"}}
    content["security"], content["securityDefinitions"] = [{"key": []}], schemes
    content.setdefault("components", {})["securitySchemes"] = schemes
    for item in content.get("paths", {}).values():
        for operation in item.values():
            if isinstance(operation, dict):
                operation.pop("security", None)
    changed = file.with_name(f".{file.stem}.asking-for-keys.json")
    try:
        changed.write_text(json.dumps(content), "utf-8")
        yield changed
    finally:
        changed.unlink(missing_ok=True)


def _read(file: Path, folder: Path, *, backend_validates: bool) -> ReadDescription:
    return read_description(
        file=file,
        folder=folder,
        name="goods",
        version="v1",
        title="Goods",
        backend_validates=backend_validates,
        shown_from=folder,
    )


def descriptions(folder: Path) -> Iterator[Path]:
    """The files below ``folder`` that say which OpenAPI or Swagger they are."""
    for file in sorted(folder.rglob("*")):
        if file.suffix not in _SUFFIXES or file.name.startswith(".") or not file.is_file():
            continue
        if _MARK.search(file.read_bytes().decode("utf-8", "replace")):
            yield file


def tried(file: Path, folder: Path, seconds: float) -> tuple[Answer, float]:
    """The answer for one description from a process of its own, and the seconds it took."""
    began = time.monotonic()
    command = [sys.executable, "-m", "bench.descriptions", "--one", str(file), str(folder)]
    try:
        ran = subprocess.run(command, capture_output=True, text=True, timeout=seconds, check=False)
    except subprocess.TimeoutExpired:
        return Answer("not answered in time"), time.monotonic() - began
    took = time.monotonic() - began
    if ran.returncode != 0:
        return Answer("crashed", reasons=tuple(ran.stderr.strip().splitlines()[-1:])), took
    return Answer(**json.loads(ran.stdout)), took


def main(arguments: Sequence[str] | None = None) -> int:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m bench.descriptions", description=__doc__)
    parser.add_argument("folder", type=Path, help="references may not leave it")
    parser.add_argument("--seconds", type=float, default=60, help="for one file; default: 60")
    parser.add_argument("--one", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.one:
        print(json.dumps(asdict(one(options.one, options.folder))))
        return 0
    failed = False
    print("| description | kB | verdict | operations | problems | s | why |")
    print("|---|---|---|---|---|---|---|")
    for file in descriptions(options.folder):
        answer, took = tried(file, options.folder, options.seconds)
        failed = failed or answer.verdict in _BAD
        why = "; ".join(reason.replace("|", "\\|") for reason in answer.reasons)
        print(
            f"| {file.relative_to(options.folder)} | {file.stat().st_size // 1024} | "
            f"{answer.verdict} | {answer.operations or ''} | {answer.problems or ''} | "
            f"{took:.1f} | {why} |",
            flush=True,
        )
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
