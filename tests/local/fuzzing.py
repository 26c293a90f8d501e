"""Runs the fuzz check against what is deployed, as in a pipeline, by its command."""

import json
import os
import shlex
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from gatewright.contract import Contract, public_document
from gatewright.contract.document import JsonObject, referenced_schemas
from local.embedded_aws import EmbeddedAws
from local.fuzz import arguments_for, run_fuzz
from local.target import Target as Reached
from tests.local.target import Target

WIDE = shlex.split(os.environ.get("GATEWRIGHT_FUZZ", ""))
"""What `make fuzz` asks for: options of the check, for all operations and all phases."""


@dataclass(frozen=True)
class Fuzzed:
    """How it ended, what it printed, and its report."""

    status: int
    shown: str
    report: Any


def write_documents(contracts: Mapping[str, Contract], folder: Path, few: int = 0) -> Path:
    """The public documents in ``folder``; of each ``few`` operations alone, unless that is 0."""
    folder.mkdir()
    for api, contract in contracts.items():
        document = public_document(contract)
        (folder / f"{api}.json").write_text(json.dumps(_some(document, few) if few else document))
    return folder


def _some(document: JsonObject, few: int) -> JsonObject:
    """``few`` operations, spread evenly over the document: the same ones every time."""
    labels = [(path, method) for path, item in document["paths"].items() for method in item]
    step = max(1, len(labels) // few)
    paths: JsonObject = {}
    for path, method in labels[::step][:few]:
        paths.setdefault(path, {})[method] = document["paths"][path][method]
    schemas = document["components"]["schemas"]
    used = {name: schemas[name] for name in sorted(referenced_schemas(paths, schemas))}
    return {**document, "paths": paths, "components": {**document["components"], "schemas": used}}


def fuzz(
    target: Target,
    aws: EmbeddedAws,
    documents: Path,
    capfd: pytest.CaptureFixture[str],
    given: Sequence[str],
) -> Fuzzed:
    """Fuzz the APIs that ``documents`` has a file of.

    Minutes of `make fuzz` tell on the terminal how far they are.
    """
    report = documents.parent / "report.json"
    environment = target.platform.environment("local")
    reached = Reached(folder=aws.folder, variables=aws.variables(), client=aws.client)
    words = [*given, *WIDE, "--report", str(report)]
    arguments = arguments_for(target.platform, environment, words, documents)
    if WIDE:
        with capfd.disabled():
            print()
            status = run_fuzz(reached, arguments)
    else:
        status = run_fuzz(reached, arguments)
    shown = capfd.readouterr()
    return Fuzzed(status, shown.out + shown.err, json.loads(report.read_text()))


def fuzz_some(
    target: Target,
    aws: EmbeddedAws,
    folder: Path,
    capfd: pytest.CaptureFixture[str],
    *more: str,
    few: int = 0,
) -> Fuzzed:
    """Fuzz every API of ``target`` with a few requests; all that can be made by `make fuzz`."""
    documents = write_documents(target.contracts, folder / "openapi", 0 if WIDE else few)
    quick = [] if WIDE else ["--phases", "fuzzing", "--examples", "6"]
    fuzzed = fuzz(target, aws, documents, capfd, ["--rate", "5000", *quick, *more])
    assert fuzzed.status == 0, fuzzed.shown
    assert set(fuzzed.report["apis"]) == set(target.contracts)
    for name, api in fuzzed.report["apis"].items():
        assert api["requests"] >= api["operations"], name
    return fuzzed
