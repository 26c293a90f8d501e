"""Reads a contract from an API description (spec-first)."""

import json
import os
from dataclasses import dataclass, replace
from pathlib import Path

from gatewright.contract.authorizer import Authorizer
from gatewright.contract.check import contract_problems
from gatewright.contract.contract import Contract, KeySource
from gatewright.contract.enforcement import enforcement_problems
from gatewright.contract.problems import ContractError, Problem
from gatewright.contract.spec_first.failures import UnreadableError
from gatewright.contract.spec_first.files import SourceFiles
from gatewright.contract.spec_first.findings import Findings, Note
from gatewright.contract.spec_first.node import Node, SpecError
from gatewright.contract.spec_first.quotas import quota_notes
from gatewright.contract.spec_first.unify import Unified, unify


@dataclass(frozen=True)
class ReadDescription:
    """A description and what was found in it. ``contract`` is None where it is refused."""

    contract: Contract | None
    problems: tuple[Problem, ...]
    notes: tuple[Note, ...]


def read_contract_file(
    *,
    source: Path,
    contract: str,
    name: str,
    version: str,
    title: str,
    backend_validates: bool = False,
    api_key_source: KeySource = "HEADER",
    authorizers: tuple[Authorizer, ...] = (),
    binary_media_types: tuple[str, ...] = (),
) -> Contract:
    """The contract that the file ``contract`` below ``source`` (``lambda_src``) describes.

    It is OpenAPI 3.0, OpenAPI 3.1 or Swagger 2.0, YAML or JSON. Its references stay in the folder
    of the service, the first one of the path ``shop/v1/openapi.yaml``. ``backend_validates`` says
    that the function checks what API Gateway does not. The others are the Contract's. Raises
    ContractError with every problem.
    """
    found = read_description(
        file=source / contract,
        folder=source / Path(contract).parts[0],
        name=name,
        version=version,
        title=title,
        backend_validates=backend_validates,
        api_key_source=api_key_source,
        authorizers=authorizers,
        binary_media_types=binary_media_types,
        shown_from=source.resolve().parent,
    )
    if found.contract is None:
        raise ContractError(f"{name}-{version}", found.problems)
    return found.contract


def read_description(
    *,
    file: Path,
    folder: Path,
    name: str,
    version: str,
    title: str,
    backend_validates: bool,
    api_key_source: KeySource = "HEADER",
    authorizers: tuple[Authorizer, ...] = (),
    binary_media_types: tuple[str, ...] = (),
    shown_from: Path,
) -> ReadDescription:
    """The same with everything that was found on the way, and without raising.

    ``folder`` is what references may not leave; places are shown relative to ``shown_from``.
    """
    files = SourceFiles(folder, lambda path: os.path.relpath(path, os.path.realpath(shown_from)))
    label = os.path.relpath(os.path.realpath(file), os.path.realpath(shown_from))
    try:
        read = files.read(file)
    except UnreadableError as error:
        return ReadDescription(None, (_unreadable(label, error),), ())
    findings, root = Findings(label), Node(read.root, read)
    try:
        made = unify(
            root, files, findings, name=name, key_source=api_key_source, authorizers=authorizers
        )
    except SpecError as error:
        findings.caught(error)
        return ReadDescription(None, tuple(findings.problems), tuple(findings.notes))
    made.document["info"] |= {"title": title, "version": version}
    found = Contract(
        name=name,
        version=version,
        title=title,
        text=json.dumps(made.document),
        backend_validates=backend_validates,
        any_body=backend_validates,
        api_key_source=api_key_source,
        authorizers=authorizers,
        binary_media_types=binary_media_types,
        sources=made.sources,
    )
    problems = _problems(found, findings, made)
    notes = (*findings.notes, *quota_notes(found, label))
    # They are checked with what the platform file says of them.
    found = replace(found, integrations=made.integrations)
    return ReadDescription(None if problems else found, tuple(problems), notes)


def _unreadable(label: str, error: UnreadableError) -> Problem:
    place = f"{label}:{error.line}" if error.line else ""
    return Problem(label, error.reason, error.remedy, source=place)


def _problems(contract: Contract, findings: Findings, made: Unified) -> list[Problem]:
    """Every problem, at its place in the file."""
    rules = contract_problems(contract) if made.document["paths"] or not findings.problems else ()
    problems = [*findings.problems, *map(made.origins.told, rules)]
    # What only a sound contract can be asked comes last.
    return problems or list(map(made.origins.told, enforcement_problems(contract)))
