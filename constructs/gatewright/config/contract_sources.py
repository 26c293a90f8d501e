"""Checks of where the contract of a version comes from: its routes, or a file."""

from collections.abc import Iterator, Mapping

from gatewright.config.app_sources import app_source_problems, unused_app_fields
from gatewright.config.document import Document, Value
from gatewright.config.plain import mapping
from gatewright.config.problems import Path, Problem
from gatewright.config.version_sections import VersionFields
from gatewright.nearest import nearest

_EITHER = "routes, or contract with handler"
_OF_A_CONTRACT = ("handler", "image", "backend_validates")


def contract_source_problems(document: Document) -> Iterator[Problem]:
    """Yield a problem for each version without exactly one source, or with half of one."""
    for service, section in mapping(document.value, "services").items():
        for version, fields in mapping(section, "versions").items():
            if isinstance(fields, dict):
                path = ("services", service, "versions", version)
                written = {name: value for name, value in fields.items() if value is not None}
                yield from _problems(document, path, written)


def _problems(document: Document, path: Path, version: Mapping[str, Value]) -> Iterator[Problem]:
    if "wsgi" in version or "chalice" in version:
        yield from app_source_problems(document, path, version)
        return
    yield from unused_app_fields(document, path, version)
    if "contract" in version:
        yield from _of_a_contract(document, path, version)
        return
    for name in _OF_A_CONTRACT:
        if name in version and "routes" in version:
            found = f"{name!r} beside routes, which need none"
            remedy = "remove it, or write 'contract' in place of routes"
            yield document.problem((*path, name), found, _EITHER, remedy, at_name=True)
            return
    if "routes" not in version and not _misspelt(version) and not _retired(version):
        remedy = (
            "add 'routes: <folder>.<module>:<attribute>', or 'contract: <folder>/openapi.yaml' "
            "with 'handler: <folder>.<module>:<function>'"
        )
        yield document.problem(path, "no contract", _EITHER, remedy, at_name=True)


def _of_a_contract(
    document: Document, path: Path, version: Mapping[str, Value]
) -> Iterator[Problem]:
    contract, handler = version["contract"], version.get("handler")
    if "routes" in version:
        found, remedy = "'contract' beside routes", "remove one of them"
        yield document.problem((*path, "contract"), found, _EITHER, remedy, at_name=True)
    elif "image" in version:
        yield from _of_an_image(document, path, version)
    elif handler is None and not version.get("integrations"):
        found = "a contract that nothing answers"
        remedy = "add 'handler: <folder>.<module>:<function>' beside it, or image, or integrations"
        yield document.problem((*path, "contract"), found, _EITHER, remedy, at_name=True)
    elif isinstance(contract, str) and isinstance(handler, str):
        folder = contract.partition("/")[0]
        if "." in handler and "/" in contract and handler.partition(".")[0] != folder:
            found = f"{handler!r}, in another folder than the contract"
            remedy = f"move it to lambda_src/{folder}: a service is one folder"
            allowed = f"a function below {folder}"
            yield document.problem((*path, "handler"), found, allowed, remedy)


def _of_an_image(document: Document, path: Path, version: Mapping[str, Value]) -> Iterator[Problem]:
    at, allowed = (*path, "image"), "an image with backend_validates: true, and no handler"
    if "handler" in version:
        found = "'image' beside a handler"
        yield document.problem(at, found, allowed, "remove one of them", at_name=True)
    elif version.get("backend_validates") is not True:
        # The platform's own handler, which answers 415 for others, cannot stand before an image.
        found = "an image that is not said to check what API Gateway does not"
        remedy = "add 'backend_validates: true', and have it check bodies of other media types"
        yield document.problem(at, found, allowed, remedy, at_name=True)


def _retired(version: Mapping[str, Value]) -> bool:
    """Whether nothing has to answer any more."""
    return "retired" in mapping(dict(version), "lifecycle")


def _misspelt(version: Mapping[str, Value]) -> bool:
    """Whether a field of another name was meant; that is reported as an unknown field."""
    unknown = version.keys() - VersionFields.model_fields.keys()
    known = tuple(VersionFields.model_fields)
    return any(
        nearest(name, known) in ("routes", "contract", "wsgi", "chalice") for name in unknown
    )
