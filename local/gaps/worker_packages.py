"""A function that was bundled for Lambda's platform runs on this machine.

AWS runs a function on its runtime's Python and its architecture, and a package with compiled code
must be built for these. Here functions run with this machine's Python: what its zip holds for
another one is put ahead of it on the import path, in the same version and built for this one.
https://docs.aws.amazon.com/lambda/latest/dg/python-package.html
"""

from __future__ import annotations

from contextvars import ContextVar
from pathlib import Path
from typing import Any

from local.gaps.foreign_wheels import ForeignWheel, foreign_wheels
from local.gaps.gateway_errors import logger
from local.gaps.patch import Function, Patch
from local.gaps.wheels_here import NotHereError, wheels_here

RUNTIME = "ministack.core.lambda_runtime"
FOLDER = "wheels"  # beside the state
# Where the script of a Python worker has its import path, and has imported nothing from it.
_PATH_IS_COMPLETE = "    _ms_install_invoke_depth()\n"

_first: ContextVar[Path | None] = ContextVar("first", default=None)
_by_code: dict[str, tuple[ForeignWheel, ...]] = {}


def spawning(original: Function) -> Function:
    """Have what its code lacks for this machine before a worker starts."""

    def spawn(worker: Any) -> None:
        token = _first.set(_packages(worker))
        try:
            original(worker)
        finally:
            _first.reset(token)

    return spawn


def _packages(worker: Any) -> Path | None:
    from ministack.core import persistence

    if not worker.config.get("Runtime", "").startswith("python"):
        return None
    code = worker.config["CodeSha256"]
    if code not in _by_code:
        _by_code[code] = foreign_wheels(worker.code_zip)
    wheels = _by_code[code]
    return wheels_here(wheels, Path(persistence.STATE_DIR).with_name(FOLDER)) if wheels else None


def first_on_path(original: Function) -> Function:
    """Put it ahead of the code of the worker that is being started."""

    def detect(runtime: str) -> tuple[str, str]:
        binary, script = original(runtime)
        folder = _first.get()
        if folder is None:
            return binary, script
        if script.count(_PATH_IS_COMPLETE) != 1:
            raise RuntimeError("ministack's worker script has no place for an import path")
        put = f"    sys.path.insert(0, {str(folder)!r})\n"
        return binary, script.replace(_PATH_IS_COMPLETE, put + _PATH_IS_COMPLETE)

    return detect


def telling(original: Function) -> Function:
    """Let the function's log and answer say why it could not start."""

    def invoke(worker: Any, *arguments: Any, **options: Any) -> Any:
        try:
            return original(worker, *arguments, **options)
        except NotHereError as error:
            logger.warning("Function %s did not start: %s", worker.func_name, error)
            return {"status": "error", "error": str(error), "cold_start": True, "log": ""}

    return invoke


PATCHES = (
    Patch(RUNTIME, "Worker._spawn", spawning),
    Patch(RUNTIME, "_detect_runtime_binary", first_on_path),
    Patch(RUNTIME, "Worker.invoke", telling),
)
