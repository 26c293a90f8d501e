"""Checks of integrations that look at more than one value."""

from collections.abc import Iterator

from gatewright.config.document import Document, Value
from gatewright.config.integration_sections import KINDS
from gatewright.config.plain import get, mapping
from gatewright.config.problems import Path, Problem
from gatewright.nearest import did_you_mean, nearest


def integration_problems(document: Document) -> Iterator[Problem]:
    """Yield a problem for each integration that is not one of the kinds, or names what is not."""
    for service, section in mapping(document.value, "services").items():
        tables = list(mapping(section, "tables"))
        for version, fields in mapping(section, "versions").items():
            folder = _folder(fields)
            for operation, integration in mapping(fields, "integrations").items():
                path = ("services", service, "versions", version, "integrations", operation)
                if not isinstance(integration, dict):
                    continue
                yield from _kinds(document, path, integration)
                yield from _table(document, path, integration, tables, service)
                yield from _files(document, path, integration, folder)
    yield from _everywhere(document, "resources", "resource")
    yield from _everywhere(document, "vpc_links", "VPC link")


def _kinds(document: Document, path: Path, integration: dict[str, Value]) -> Iterator[Problem]:
    found = [kind for kind in KINDS if kind in integration]
    allowed = f"one of {', '.join(KINDS)}"
    if not found and not any(nearest(name, KINDS) for name in integration):
        remedy = "write what answers the operation, such as 'mock: {}'"
        yield document.problem(path, "no backend", allowed, remedy, at_name=True)
    for kind in found[1:]:
        remedy = "remove all but one"
        text = f"{kind!r} beside {found[0]}"
        yield document.problem((*path, kind), text, allowed, remedy, at_name=True)


def _table(
    document: Document, path: Path, integration: Value, tables: list[str], service: str
) -> Iterator[Problem]:
    table = get(get(integration, "dynamodb"), "table")
    if isinstance(table, str) and table not in tables:
        allowed = ", ".join(tables) or f"nothing: service '{service}' declares no tables"
        remedy = did_you_mean(table, tables) or f"declare it under services.{service}.tables"
        yield document.problem((*path, "dynamodb", "table"), f"{table!r}", allowed, remedy)


def _files(
    document: Document, path: Path, integration: Value, folder: str | None
) -> Iterator[Problem]:
    """What is bundled or read with the version is in the version's folder."""
    for place, text in _named(integration):
        if folder is None or not isinstance(text, str) or text.split("/")[0] == folder:
            continue
        if place[-1] == "handler" and text.partition(".")[0] in (folder, text):
            continue
        found = f"{text!r}, in another folder than the version"
        remedy = f"move it to lambda_src/{folder}: a service is one folder"
        yield document.problem((*path, *place), found, f"something below {folder}", remedy)


def _named(integration: Value) -> Iterator[tuple[Path, Value]]:
    yield ("lambda", "handler"), get(get(integration, "lambda"), "handler")
    yield ("request_template",), get(integration, "request_template")
    for name, file in mapping(integration, "request_templates").items():
        yield ("request_templates", name), file
    for status, response in mapping(integration, "responses").items():
        yield ("responses", status, "template"), get(response, "template")


def _folder(version: Value) -> str | None:
    for field, mark in (("routes", "."), ("contract", "/"), ("handler", ".")):
        text = get(version, field)
        if isinstance(text, str) and mark in text:
            return text.partition(mark)[0]
    return None


def _everywhere(document: Document, field: str, what: str) -> Iterator[Problem]:
    """A name that integrations use is declared in each environment, or in none."""
    environments = mapping(document.value, "environments")
    declared = {name: set(mapping(section, field)) for name, section in environments.items()}
    everywhere = set().union(*declared.values())
    for environment, names in declared.items():
        for missing in sorted(everywhere - names):
            path = ("environments", environment)
            found = f"no {what} {missing!r}, which another environment has"
            remedy = f"add {missing!r} to {field}, as it is here"
            yield document.problem(path, found, "the same names in each", remedy, at_name=True)
