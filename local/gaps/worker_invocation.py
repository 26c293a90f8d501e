"""A worker that ended while it was idle is replaced, and its next caller does not notice.

AWS ends execution environments at any time between invocations, and gives the next one a new one.
ministack looks whether the worker still runs and then writes to it: one that ends in between, or
while it starts, is its caller's error. An event that no worker has begun with goes to another one.
One that was begun may have been acted upon, and its caller gets the error, as on AWS.
https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html
"""

from __future__ import annotations

import contextlib
import json
import subprocess
import time
from typing import Any

from local.gaps.patch import Function, Patch
from local.gaps.worker_begun import has_begun, note_sent
from local.gaps.worker_exchange import WorkerEndedError, exchange

RUNTIME = "ministack.core.lambda_runtime"
_ATTEMPTS = 3
Process = subprocess.Popen[Any]


def invoking(_original: Function) -> Function:
    """Replace the invocation of a Python or Node worker, and its thread for each call."""

    def invoke(
        worker: Any,
        event: Any,
        request_id: str,
        *,
        trace_id: str | None = None,
        depth: Any = None,
        durable: dict[str, Any] | None = None,
        invoked_function_arn: str | None = None,
    ) -> dict[str, Any]:
        config = worker.config
        seconds = config.get("Timeout", 30)
        arn = (
            config.get("FunctionArn", "") if invoked_function_arn is None else invoked_function_arn
        )
        context = {
            "request_id": request_id,
            "invoked_function_arn": arn,
            "timeout_ms": int(float(seconds) * 1000),
            "trace_id": trace_id,
            "depth": depth,
            "durable": durable or {},
        }
        message = json.dumps({"event": event, "ctx": context}).encode() + b"\n"
        with worker._lock:
            return _deliver(worker, message, seconds)

    return invoke


def _deliver(worker: Any, message: bytes, seconds: float) -> dict[str, Any]:
    for attempt in range(1, _ATTEMPTS + 1):
        process, cold = None, True
        try:
            process, cold = _started(worker)
            note_sent(process)
            answer = exchange(process, message, seconds)
        except TimeoutError:
            return _ended(worker, cold, f"Task timed out after {seconds}.00 seconds")
        except WorkerEndedError as error:
            if attempt == _ATTEMPTS or (process and has_begun(process, worker._tmpdir)):
                return _ended(worker, cold, str(error))
            _collect(worker)
        else:
            break
    # What a handler raises has a trace: its runtime tells of it and asks for the next invocation.
    if answer["status"] == "error" and not answer.get("trace"):
        _collect(worker)
    return {**answer, "cold_start": cold, "log": worker._drain_stderr()}


def _started(worker: Any) -> tuple[Process, bool]:
    """The running process, and whether it had to be started.

    WorkerEndedError when somebody killed it while it started.
    """
    running: Process | None = worker._proc
    if running is not None and running.poll() is None:
        return running, False
    worker._proc = None
    try:
        worker._spawn()
    except (RuntimeError, OSError) as error:
        if _was_killed(worker._proc):
            raise WorkerEndedError from error
        worker.kill()
        raise
    worker._cold = False
    return worker._proc, True


def _was_killed(process: Process | None) -> bool:
    if process is None:
        return False
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(timeout=1)
    return process.returncode is not None and process.returncode < 0


def _ended(worker: Any, cold: bool, problem: str) -> dict[str, Any]:
    _collect(worker)
    log = worker._drain_stderr()
    return {"status": "error", "error": problem, "cold_start": cold, "log": log}


def _collect(worker: Any) -> None:
    from ministack.core import lambda_runtime

    process, worker._proc = worker._proc, None
    lambda_runtime._signal(process)
    lambda_runtime._collect(process, time.monotonic() + lambda_runtime._REAP_GRACE)


PATCHES = (Patch(RUNTIME, "Worker.invoke", invoking),)
