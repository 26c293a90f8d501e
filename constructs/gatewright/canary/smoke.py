"""The smoke check of a release: calls that it must answer before a caller's request reaches it.

API Gateway carries them out on the definition that was just deployed, with the release's stage
variables: routing, validation, integration and mapping are the real ones. Authorizers, API keys
and throttling are not part of it. AWS: TestInvokeMethod.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import Any

from gatewright.canary.release import Release
from gatewright.canary.smoke_answer import wrong_answer
from gatewright.canary.smoke_call import SmokeCall

SECONDS = 60
"""What all calls of a release have together."""
# A permission that was just made is known to Lambda only after a while. AWS: "Invoke Lambda using
# an Amazon API Gateway endpoint", troubleshooting.
_NOT_YET = "Invalid permissions on Lambda function"
_PAUSE_SECONDS = 3


def failures(
    gateway: Any,
    release: Release,
    *,
    clock: Callable[[], float] = time.monotonic,
    pause: Callable[[float], None] = time.sleep,
) -> list[str]:
    """What is wrong with the answers, a line for each call; empty when the release may go on."""
    if not release.smoke:
        return []
    until = clock() + SECONDS
    resources = _resources(gateway, release.rest_api_id)
    found: list[str] = []
    for call in release.smoke:
        if clock() > until:
            return [*found, f"{call.name}: not called, the {SECONDS} seconds of all calls are over"]
        if wrong := _failure(gateway, release, call, resources, lambda: _wait(until, clock, pause)):
            found.append(f"{call.name}: {wrong}")
    return found


def _wait(until: float, clock: Callable[[], float], pause: Callable[[float], None]) -> bool:
    """Whether there was time to wait."""
    if clock() + _PAUSE_SECONDS > until:
        return False
    pause(_PAUSE_SECONDS)
    return True


def _failure(
    gateway: Any,
    release: Release,
    call: SmokeCall,
    resources: Mapping[str, str],
    waited: Callable[[], bool],
) -> str | None:
    if call.resource not in resources:
        return "the API has no such path"
    arguments: dict[str, Any] = {"body": call.body} if call.body is not None else {}
    while True:
        answer = gateway.test_invoke_method(
            restApiId=release.rest_api_id,
            resourceId=resources[call.resource],
            httpMethod=call.method,
            pathWithQueryString=call.path,
            headers=dict(call.headers),
            stageVariables=dict(release.variables),
            **arguments,
        )
        if _NOT_YET not in answer.get("log", "") or not waited():
            return wrong_answer(
                call.answers,
                answer["status"],
                _headers(answer),
                answer.get("body") or "",
            )


def _headers(answer: Mapping[str, Any]) -> dict[str, str]:
    """One value of each: what a function sends as multiValueHeaders may be only among these."""
    multiple = answer.get("multiValueHeaders") or {}
    single = {name: values[-1] for name, values in multiple.items() if values}
    return {**single, **(answer.get("headers") or {})}


def _resources(gateway: Any, rest_api_id: str) -> dict[str, str]:
    """The ids of the API's resources by their paths."""
    pages = gateway.get_paginator("get_resources").paginate(restApiId=rest_api_id)
    return {item["path"]: item["id"] for page in pages for item in page["items"]}
