"""What can be said of a WSGI application without importing it, which may want its database."""

import ast
from collections.abc import Iterator
from pathlib import Path

from gatewright.contract.problems import ContractError, Problem
from gatewright.nearest import did_you_mean

ADAPTER = "apig-wsgi"
"""Turns API Gateway's events into WSGI requests, and the answers back: in the service's lock."""


def check_wsgi_app(api_name: str, *, source: Path, app: str) -> None:
    """Raise ContractError unless the module of ``app`` (``shop.app:app``) is there and defines it.

    ``source`` is the folder on whose modules the service stands (``lambda_src``).
    """
    if problems := list(_problems(source, app)):
        raise ContractError(api_name, problems)


def _problems(source: Path, app: str) -> Iterator[Problem]:
    module, _, attribute = app.partition(":")
    label = f"wsgi {app}"
    file = _file(source, module)
    if file is None:
        yield Problem(label, f"there is no module {module} below {source.name}", "create it there")
    else:
        yield from _attribute_problems(label, file, attribute, source)
    service = module.partition(".")[0]
    lock = source / service / "requirements.txt"
    if lock.is_file() and not _locks_adapter(lock.read_text("utf-8")):
        yield Problem(
            label,
            f"{ADAPTER}, which hands it the requests, is not among what the service locks",
            f"write {ADAPTER} into requirements.in, and run `make lock SERVICE={service}`",
            source=str(lock.relative_to(source.parent)),
        )


def _file(source: Path, module: str) -> Path | None:
    path = source.joinpath(*module.split("."))
    found = (path.with_suffix(".py"), path / "__init__.py")
    return next((file for file in found if file.is_file()), None)


def _attribute_problems(label: str, file: Path, attribute: str, source: Path) -> Iterator[Problem]:
    place = f"{file.relative_to(source.parent)}"
    try:
        names = set(_names(ast.parse(file.read_bytes()).body))
    except SyntaxError as error:
        reason = f"it is no valid Python: {error.msg}"
        yield Problem(label, reason, "mend that line", source=f"{place}:{error.lineno}")
        return
    if attribute not in names and "*" not in names and "__getattr__" not in names:
        remedy = did_you_mean(attribute, names) or f"define {attribute} in the module"
        yield Problem(label, f"the module has no {attribute}", remedy, source=f"{place}:1")


def _names(body: list[ast.stmt]) -> Iterator[str]:
    """What a module's statements give names to, in branches as well."""
    for statement in body:
        for node in ast.walk(statement):
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                yield node.id
            elif isinstance(node, ast.alias):
                yield (node.asname or node.name).partition(".")[0]
        if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield statement.name


def _locks_adapter(text: str) -> bool:
    return any(line.startswith(f"{ADAPTER}==") for line in text.splitlines())
