"""Checks of where the API keys of a version come from."""

from collections.abc import Iterator

from gatewright.config.document import Document, Value
from gatewright.config.plain import answering, get, mapping
from gatewright.config.problems import Path, Problem


def key_source_problems(document: Document) -> Iterator[Problem]:
    """Yield a problem for each authorizer that is missing, unused, or in another bundle."""
    for service, section in mapping(document.value, "services").items():
        for version, fields in mapping(section, "versions").items():
            yield from _problems(document, ("services", service, "versions", version), fields)


def _problems(document: Document, path: Path, version: Value) -> Iterator[Problem]:
    source, authorizer = get(version, "api_key_source"), get(version, "key_authorizer")
    if source == "authorizer" and authorizer is None:
        found = "'authorizer', without an authorizer"
        remedy = "add 'key_authorizer' beside it, or write header"
        allowed = "header, or authorizer with a key_authorizer"
        yield document.problem((*path, "api_key_source"), found, allowed, remedy)
    elif source != "authorizer" and authorizer is not None:
        found = "an authorizer that nothing asks: the keys come from the header"
        remedy = "add 'api_key_source: authorizer' beside it, or remove it"
        allowed = "a key_authorizer with api_key_source: authorizer"
        yield document.problem((*path, "key_authorizer"), found, allowed, remedy)
    elif isinstance(authorizer, str) and (answers := answering(version)) is not None:
        beside, answer = answers
        folder = answer.partition(".")[0]
        if authorizer.partition(".")[0] != folder and "." in authorizer:
            found = f"{authorizer!r}, in another folder than the {beside}"
            remedy = f"move it to lambda_src/{folder}: one folder is bundled"
            allowed = f"a function below {folder}"
            yield document.problem((*path, "key_authorizer"), found, allowed, remedy)
