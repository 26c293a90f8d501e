"""Checks of versions that an app of another framework answers."""

from collections.abc import Iterator, Mapping

from gatewright.config.document import Document, Value
from gatewright.config.problems import Path, Problem

_ANSWERS = ("wsgi", "chalice", "routes", "handler")
_ONE = "one of routes, contract with handler, wsgi, chalice"
_CHOICES = "[{}] (anybody), [{api_key: []}], [{cognito: []}] or [{cognito: [<service>/<scope>]}]"
# By what stands beside it, why a field has no use there.
_HAS_ITS_OWN = "which says that itself"
_NOTHING_TO_CHECK = "which the app answers whatever comes"


def app_source_problems(
    document: Document, path: Path, version: Mapping[str, Value]
) -> Iterator[Problem]:
    """Yield a problem for two sources, a choice that is missing, and a field without use.

    ``version`` has the fields that are written, ``wsgi`` or ``chalice`` among them.
    """
    found = [name for name in _ANSWERS if name in version]
    if len(found) > 1:
        text = f"{found[1]!r} beside {found[0]}"
        yield document.problem((*path, found[1]), text, _ONE, "remove one of them", at_name=True)
    elif "chalice" in version:
        yield from _of_chalice(document, path, version)
    elif "contract" in version:
        yield from _unused(document, path, version, ("methods", "security"), "contract")
        yield from _one_folder(document, path, version)
    else:
        yield from _of_wsgi(document, path, version)


def unused_app_fields(
    document: Document, path: Path, version: Mapping[str, Value]
) -> Iterator[Problem]:
    """Yield a problem for each field of an app in a version that has none."""
    beside = next((name for name in ("routes", "contract") if name in version), None)
    if beside:
        yield from _unused(document, path, version, ("methods", "security"), beside)


def _of_chalice(document: Document, path: Path, version: Mapping[str, Value]) -> Iterator[Problem]:
    for name in ("contract", "backend_validates", "methods"):
        if name in version:
            text = f"{name!r} beside chalice, {_HAS_ITS_OWN}"
            yield document.problem((*path, name), text, _ONE, "remove it", at_name=True)


def _of_wsgi(document: Document, path: Path, version: Mapping[str, Value]) -> Iterator[Problem]:
    if "security" not in version:
        text = "an app for which nobody chose who may call it"
        allowed = f"wsgi with security, or with a contract; security is {_CHOICES}"
        remedy = "add 'security: [{api_key: []}]' beside it, or another choice"
        yield document.problem((*path, "wsgi"), text, allowed, remedy, at_name=True)
    if "backend_validates" in version:
        text = f"'backend_validates' beside wsgi without a contract, {_NOTHING_TO_CHECK}"
        remedy = "remove it, or add 'contract: <folder>/openapi.yaml'"
        place = (*path, "backend_validates")
        yield document.problem(place, text, "wsgi with a contract", remedy, at_name=True)


def _unused(
    document: Document,
    path: Path,
    version: Mapping[str, Value],
    fields: tuple[str, ...],
    beside: str,
) -> Iterator[Problem]:
    for name in fields:
        if name in version:
            text = f"{name!r} beside {beside}, {_HAS_ITS_OWN}"
            allowed = "wsgi without a contract, or chalice" if name == "security" else "wsgi alone"
            yield document.problem((*path, name), text, allowed, "remove it", at_name=True)


def _one_folder(document: Document, path: Path, version: Mapping[str, Value]) -> Iterator[Problem]:
    contract, app = version["contract"], version["wsgi"]
    if isinstance(contract, str) and isinstance(app, str) and "/" in contract and "." in app:
        folder = contract.partition("/")[0]
        if app.partition(".")[0] != folder:
            text = f"{app!r}, in another folder than the contract"
            remedy = f"move it to lambda_src/{folder}: a service is one folder"
            yield document.problem((*path, "wsgi"), text, f"an app below {folder}", remedy)
