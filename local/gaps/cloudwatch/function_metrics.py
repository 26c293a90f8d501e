"""Each invocation counts in the metrics of its function, and of the version or alias asked for.

ministack counts those of the Invoke API alone, by function name alone, and a throttled one twice.
https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html
https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-view.html
"""

from __future__ import annotations

import functools
import time
from collections.abc import Mapping
from contextvars import ContextVar
from typing import Any

from local.gaps.cloudwatch import store
from local.gaps.patch import Function, Patch

LAMBDA = "ministack.services.lambda_svc"
NAMESPACE = "AWS/Lambda"
UNITS = {
    "Invocations": "Count",
    "Errors": "Count",
    "Throttles": "Count",
    "Duration": "Milliseconds",
}
_LATEST = "$LATEST"

# What API Gateway calls a function by: ministack runs the version that an alias leads to.
_asked: ContextVar[str] = ContextVar("asked", default="")


def asking(original: Function) -> Function:
    """Remember by which alias a function is looked up, for when it is called."""

    def look_up(reference: Any, **options: Any) -> Any:
        _asked.set(str(reference))
        return original(reference, **options)

    return look_up


def counting(original: Function) -> Function:
    """Count the invocation at its end, as of when it began."""

    def execute(function: Mapping[str, Any], event: Any) -> Any:
        from ministack.services import lambda_svc

        config = function.get("config") or function
        if lambda_svc._function_config_scope_mismatch(config):
            return original(function, event)  # which calls this again, in the function's scope
        began, started = time.time(), time.perf_counter()
        result = original(function, event)
        seconds = time.perf_counter() - started
        outcome = result if isinstance(result, dict) else {}
        if outcome.get("throttle"):
            note(config, began, {"Throttles": 1})
        else:
            ended(config, began, seconds, failed=bool(outcome.get("error")))
        return result

    return execute


def ended(config: Mapping[str, Any], began: float, seconds: float, *, failed: bool) -> None:
    """Count an invocation that began at this time, in seconds since 1970."""
    counts = {"Invocations": 1, "Errors": int(failed), "Throttles": 0}
    note(config, began, {**counts, "Duration": round(seconds * 1000, 2)})


def note(config: Mapping[str, Any], when: float, values: Mapping[str, float]) -> None:
    """Note values of a function, by the configuration of the version that was to run."""
    source = _source(config.get("FunctionArn"), config.get("Version"), _asked.get())
    if source is not None:
        store.add(source, UNITS, values, when)


@functools.lru_cache(maxsize=1024)
def _source(function_arn: Any, version: Any, asked_for: str) -> store.Source | None:
    arn, asked = str(function_arn or "").split(":"), asked_for.split(":")
    if len(arn) < 7:
        return None
    if len(asked) > 7 and asked[6] == arn[6]:
        arn = asked
    return store.Source(arn[4], arn[3], NAMESPACE, _sets(arn, str(version or "")))


def _sets(arn: list[str], version: str) -> tuple[store.Dimensions, ...]:
    """Of all functions, of the function, of what was asked for, and of what an alias led to."""
    name, qualifier = arn[6], arn[7] if len(arn) > 7 else ""
    resource = f"{name}:{qualifier}" if qualifier and qualifier != _LATEST else name
    sets = [{}, {"FunctionName": name}, {"FunctionName": name, "Resource": resource}]
    if resource != name and not qualifier.isdecimal():
        sets.append({**sets[-1], "ExecutedVersion": version})
    return tuple(map(store.dimensions, sets))


def not_twice(_original: Function) -> Function:
    """Replace what ministack counts in some places."""

    def emit(*_arguments: Any, **_options: Any) -> None:
        return

    return emit


PATCHES = (
    Patch(LAMBDA, "_get_func_record_for_ref_in_scope", asking),
    Patch(LAMBDA, "_execute_function", counting),
    Patch(LAMBDA, "_emit_lambda_metrics", not_twice),
)
