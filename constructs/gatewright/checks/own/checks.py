"""Finds and runs the checks that a service brings along.

``checks/<service>/<file>.py`` of the artifact has functions ``check_*`` with one argument, an
``Api``, and says in ``APIS`` which APIs they are for::

    APIS = ("foods-v2",)

    def check_unknown_food(api: Api) -> None:
        assert api.call("get_food", path={"name": "no-such-food"}).status == 404

A check that raises has failed. Files whose name begins with an underscore are left alone.
"""

import importlib.util
import time
import traceback
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from types import ModuleType

from gatewright.checks.credentials import NoCredentialsError
from gatewright.checks.outcome import shortened
from gatewright.checks.own.api import Api
from gatewright.checks.report import FAILED, PASSED, SKIPPED, CheckResult, without

Check = Callable[[], CheckResult]
_PREFIX = "check_"
_SHOWN = 500


def find_checks(folder: Path, apis: Mapping[str, Api]) -> Iterator[Check]:
    """Every check below ``folder``, in the order of files and lines.

    What cannot be loaded is a check that fails: nobody would miss it otherwise.
    """
    for path in sorted(folder.glob("*/*.py")):
        if not path.name.startswith("_"):
            yield from _checks_of(path, apis)


def _checks_of(path: Path, apis: Mapping[str, Api]) -> Iterator[Check]:
    label = f"checks/{path.parent.name}/{path.name}"
    try:
        module = _load(path)
        names = _apis_of(module)
    except Exception as error:
        message = f"it cannot be loaded: {type(error).__name__}: {error}"
        yield partial(_failed, label, "", message)
        return
    for name in names:
        if name not in apis:
            message = f"APIS names {name}, and the artifact has {', '.join(apis)}"
            yield partial(_failed, label, name, message)
            continue
        for function in _functions(module):
            yield partial(_run, label, path, function, apis[name])


def _load(path: Path) -> ModuleType:
    name = f"gatewright_own_checks.{path.parent.name}.{path.stem}"
    spec = importlib.util.spec_from_file_location(name, path)
    if spec is None or spec.loader is None:
        raise ImportError("it is no Python module")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _apis_of(module: ModuleType) -> tuple[str, ...]:
    names = getattr(module, "APIS", None)
    if not isinstance(names, tuple) or not all(isinstance(name, str) for name in names):
        raise TypeError('it must say which APIs it is for, as in APIS = ("foods-v2",)')
    return names


def _functions(module: ModuleType) -> list[Callable[[Api], None]]:
    return [
        value
        for name, value in vars(module).items()
        if name.startswith(_PREFIX) and callable(value) and value.__module__ == module.__name__
    ]


def _run(label: str, path: Path, function: Callable[[Api], None], api: Api) -> CheckResult:
    began = time.monotonic()
    outcome, message = PASSED, ""
    try:
        function(api)
    except NoCredentialsError as error:
        outcome, message = SKIPPED, str(error)
    except Exception as error:
        outcome, message = FAILED, _where(error, label, path)
    return CheckResult(
        name=f"{label}:{function.__name__}",
        api=api.name,
        outcome=outcome,
        seconds=round(time.monotonic() - began, 4),
        message=shortened(without(message, api.secret_values), _SHOWN) if message else "",
    )


def _where(error: Exception, label: str, path: Path) -> str:
    """The last line of the check's own file that was reached, and what was raised."""
    frames = traceback.extract_tb(error.__traceback__)
    inside = [frame for frame in frames if Path(frame.filename) == path]
    place = f"{label}:{inside[-1].lineno}: {inside[-1].line}" if inside else label
    text = str(error)
    raised = type(error).__name__ + (f": {text}" if text else "")
    return f"{place} ({raised})"


def _failed(label: str, api: str, message: str) -> CheckResult:
    return CheckResult(name=label, api=api, outcome=FAILED, message=message)
