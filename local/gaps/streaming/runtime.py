"""The process of a function that streams, started by its AWS_LAMBDA_EXEC_WRAPPER as on AWS.

What it prints goes to the server's own log, and not to the function's log group.
https://docs.aws.amazon.com/lambda/latest/dg/runtimes-modify.html#runtime-wrapper
"""

from __future__ import annotations

import asyncio
import contextlib
import io
import os
import shutil
import sys
import tempfile
import zipfile
from collections import defaultdict
from pathlib import Path
from typing import Any

from local.gaps.streaming.runtime_api import RuntimeApi

WRAPPER = "AWS_LAMBDA_EXEC_WRAPPER"
_TASK_ROOT = "/var/task"


class Runtime:
    """A process, the API that it asks for work, and the folder of its code."""

    def __init__(self, api: RuntimeApi, process: asyncio.subprocess.Process, folder: Path) -> None:
        self.api = api
        self._process = process
        self._folder = folder

    @property
    def is_alive(self) -> bool:
        return self._process.returncode is None

    def kill(self) -> None:
        """End the process, and what it is answering."""
        with contextlib.suppress(ProcessLookupError):
            self._process.kill()
        self.api.fail("the function was ended")
        self.api.close()
        shutil.rmtree(self._folder, ignore_errors=True)


_idle: dict[str, list[Runtime]] = defaultdict(list)  # by function and version


def key_of(config: dict[str, Any]) -> str:
    """What runtimes are kept by."""
    return f"{config.get('FunctionArn')}:{config.get('Version')}:{config.get('RevisionId')}"


async def lease(config: dict[str, Any], code: bytes) -> Runtime:
    """A runtime of the function that answers nothing else meanwhile."""
    idle = _idle[key_of(config)]
    while idle:
        runtime = idle.pop()
        if runtime.is_alive:
            return runtime
        runtime.kill()
    return await _started(config, code)


def give_back(config: dict[str, Any], runtime: Runtime) -> None:
    """Keep a runtime for the next invocation."""
    _idle[key_of(config)].append(runtime)


def forget_all() -> None:
    """End every runtime that waits."""
    for runtimes in _idle.values():
        for runtime in runtimes:
            runtime.kill()
    _idle.clear()


async def _started(config: dict[str, Any], code: bytes) -> Runtime:
    folder = Path(tempfile.mkdtemp(prefix="gatewright-stream-"))
    with zipfile.ZipFile(io.BytesIO(code)) as archive:
        archive.extractall(folder)
    api = RuntimeApi()
    variables = _variables(config, folder, await api.start())
    wrapper = variables.get(WRAPPER, "").replace(_TASK_ROOT, str(folder), 1)
    # A zip's modes are lost here, so that the wrapper is given to its shell.
    process = await asyncio.create_subprocess_exec(
        *("/bin/sh", wrapper, sys.executable, f"{folder}/bootstrap.py"), cwd=folder, env=variables
    )
    return Runtime(api, process, folder)


def _variables(config: dict[str, Any], folder: Path, port: int) -> dict[str, str]:
    from ministack.core import lambda_runtime

    _account, region = lambda_runtime._account_region_from_function_config(config)
    own = (config.get("Environment") or {}).get("Variables") or {}
    gateway = os.environ.get("GATEWAY_PORT", "4566")
    return {
        "AWS_ENDPOINT_URL": f"http://127.0.0.1:{gateway}",
        **os.environ,
        **{name: str(value) for name, value in own.items()},
        **lambda_runtime.execution_credentials(config),
        "AWS_REGION": region,
        "AWS_DEFAULT_REGION": region,
        "AWS_LAMBDA_RUNTIME_API": f"127.0.0.1:{port}",
        "AWS_LAMBDA_FUNCTION_NAME": str(config.get("FunctionName", "")),
        "AWS_LAMBDA_FUNCTION_VERSION": str(config.get("Version", "$LATEST")),
        "LAMBDA_TASK_ROOT": str(folder),
        "_HANDLER": str(config.get("Handler", "")),
    }
