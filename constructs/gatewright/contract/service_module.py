"""Imports the module of a service, and leaves the process as it was but for loaded libraries."""

import importlib
import re
import sys
import traceback
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any

from gatewright.contract.problems import Problem
from gatewright.nearest import did_you_mean

_ROUTES = re.compile(r"(?P<module>[A-Za-z_][\w.]*):(?P<attribute>[A-Za-z_]\w*)")


class ServiceImportError(Exception):
    """The resolver named by a routes string could not be had."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        super().__init__(str(problem))


@contextmanager
def imported_service(source: Path, routes: str, packages: Sequence[Path] = ()) -> Iterator[Any]:
    """The object that ``routes`` (``foods.v1.handler:app``) names below the folder ``source``.

    The service's own modules are imported afresh, so that a watcher sees what was saved, and
    are gone afterwards; those that were loaded before are put back. No bytecode is written.
    Libraries that are not installed are looked for in ``packages``. They stay loaded, as the
    installed ones do: many extension modules cannot be loaded twice in one process. So of a
    library that two services lock differently, the first one's is used. Raises ServiceImportError.
    """
    match = _ROUTES.fullmatch(routes)
    if match is None:
        raise _error(
            routes,
            "is not of the form package.module:attribute",
            "write the module and the resolver's name, for example foods.v1.handler:app",
        )
    if not source.is_dir():
        raise _error(routes, f"the folder {source} does not exist", "create it, with the service")
    with _fresh_imports(source, packages):
        yield _attribute(routes, _import(source, routes, match["module"]), match["attribute"])


@contextmanager
def _fresh_imports(source: Path, packages: Sequence[Path]) -> Iterator[None]:
    own = _own_packages(source)
    saved_path, saved_bytecode = list(sys.path), sys.dont_write_bytecode
    saved_modules = _take_modules(own)
    sys.path[:] = [str(source), *saved_path, *(str(folder.resolve()) for folder in packages)]
    sys.dont_write_bytecode = True
    importlib.invalidate_caches()
    try:
        yield
    finally:
        _take_modules(own)
        sys.modules.update(saved_modules)
        sys.path[:] = saved_path
        sys.dont_write_bytecode = saved_bytecode


def _own_packages(source: Path) -> set[str]:
    return {entry.stem for entry in source.iterdir()}


def _take_modules(packages: set[str]) -> dict[str, ModuleType]:
    # A copy: another thread may be importing.
    names = [name for name in list(sys.modules) if name.partition(".")[0] in packages]
    return {name: sys.modules.pop(name) for name in names}


def _import(source: Path, routes: str, module: str) -> ModuleType:
    try:
        return importlib.import_module(module)
    except ModuleNotFoundError as error:
        if error.name is None:
            raise _raised(source, routes, error) from error
        if f"{module}.".startswith(f"{error.name}."):
            raise _not_found(source, routes, module) from error
        raise _missing(source, routes, error, error.name) from error
    # A service may raise anything while it is imported, and sys.exit() is no Exception.
    except (Exception, SystemExit) as error:
        raise _raised(source, routes, error) from error


def _attribute(routes: str, module: ModuleType, attribute: str) -> Any:
    try:
        return getattr(module, attribute)
    except AttributeError:
        public = [name for name in vars(module) if not name.startswith("_")]
        hint = did_you_mean(attribute, public) or f"define {attribute} in the module"
        raise _error(
            routes, f"{module.__name__} has no {attribute}", hint, f"{module.__file__}:1"
        ) from None


def _not_found(source: Path, routes: str, module: str, place: str = "") -> ServiceImportError:
    known = [
        ".".join(file.relative_to(source).with_suffix("").parts)
        for file in sorted(source.rglob("*.py"))
        if file.name != "__init__.py"
    ]
    hint = did_you_mean(module, known) or f"create it below {source}"
    return _error(routes, f"there is no module {module} below {source}", hint, place)


def _missing(
    source: Path, routes: str, error: ModuleNotFoundError, name: str
) -> ServiceImportError:
    """A module that the service imports is not there: one of its own, or somebody else's."""
    place = _own_line(source, error)
    if name.partition(".")[0] in _own_packages(source):
        return _not_found(source, routes, name, place)
    requirements = source / routes.partition(".")[0] / "requirements.in"
    remedy = f"write the package that has {name} into {requirements}, and run `make lock`"
    return _error(routes, f"importing it needs {name}, which is not installed", remedy, place)


def _raised(source: Path, routes: str, error: BaseException) -> ServiceImportError:
    if isinstance(error, SyntaxError):
        place = _own_line(source, error)
        return _error(routes, f"it is no valid Python: {error.msg}", "mend that line", place)
    reason = f"importing it raised {type(error).__name__}: {error}"
    remedy = "the routes are read without AWS: let the module import without variables or network"
    return _error(routes, reason, remedy, _own_line(source, error))


def _own_line(source: Path, error: BaseException) -> str:
    if isinstance(error, SyntaxError) and error.filename:
        return f"{error.filename}:{error.lineno}"
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if Path(frame.filename).is_relative_to(source)]
    return f"{own[-1].filename}:{own[-1].lineno}" if own else ""


def _error(routes: str, reason: str, remedy: str, place: str = "") -> ServiceImportError:
    return ServiceImportError(Problem(f"routes {routes}", reason, remedy, source=place))
