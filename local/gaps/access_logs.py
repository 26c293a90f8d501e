"""A stage with access log settings writes one line for each request to a CloudWatch log group.

A canary's requests are written to that group as well as to one of their own: "The canary release
access log group name has the /Canary suffix appended to the selected log group name".
https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html
https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-variables-for-access-logging.html
https://docs.aws.amazon.com/apigateway/latest/developerguide/canary-release.html
"""

from __future__ import annotations

import functools
import re
import time
from collections.abc import Mapping
from json.encoder import encode_basestring
from typing import Any

from local.gaps.canary.serving import IS_CANARY
from local.gaps.context_variables import values_of_request
from local.gaps.execution import Execution, current
from local.gaps.gateway_errors import logger
from local.gaps.log_writer import Line, write
from local.gaps.patch import Function
from local.gaps.velocity_values import as_json, text

_VARIABLE = re.compile(r"\$(?:\{context((?:\.\w+)+)\}|context((?:\.\w+)+))")
_GROUP = re.compile(
    r"arn:[^:]+:logs:(?P<region>[^:]+):(?P<account>[^:]+):log-group:(?P<name>[^:]+)"
)
ABSENT = "-"
CANARY_SUFFIX = "/Canary"


def writing(original: Function) -> Function:
    """Note every answer in the stage's log, after it is known and without waiting for the log."""

    async def handle(*arguments: Any) -> Any:
        response = await original(*arguments)
        run = current()
        settings = (run.request.get("stage") or {}).get("accessLogSettings") or {}
        if settings.get("destinationArn") and settings.get("format"):
            _note(settings, run, int(response[0]), len(response[2] or b""))
        return response

    return handle


def _note(settings: dict[str, str], run: Execution, status: int, length: int) -> None:
    group = _GROUP.match(settings["destinationArn"])
    if group is None:
        logger.warning("Access logs go to log groups only, not to %s", settings["destinationArn"])
        return
    message = formatted(settings["format"], variables(run, status, length))
    place, now = (group["account"], group["region"]), int(time.time() * 1000)
    write(Line(*place, group["name"], now, message))
    if (run.request.get("stage") or {}).get(IS_CANARY):
        write(Line(*place, group["name"] + CANARY_SUFFIX, now, message, makes_group=True))


def formatted(log_format: str, values: Mapping[str, Any]) -> str:
    """The format with each `$context` variable replaced; an absent one is `-`."""
    return "".join(
        _value(piece, values) if isinstance(piece, tuple) else piece
        for piece in _pieces(log_format)
    )


@functools.lru_cache
def _pieces(log_format: str) -> list[str | tuple[str, ...]]:
    """Text, and the names of variables: `("identity", "sourceIp")`."""
    pieces: list[str | tuple[str, ...]] = []
    end = 0
    for match in _VARIABLE.finditer(log_format):
        name = (match[1] or match[2]).removeprefix(".")
        pieces += [log_format[end : match.start()], tuple(name.split("."))]
        end = match.end()
    return [*pieces, log_format[end:]]


def _value(name: tuple[str, ...], values: Mapping[str, Any]) -> str:
    found: Any = values
    for step in name:
        found = found.get(step) if isinstance(found, dict) else None
    if found is None or found in ("", {}, []):
        return ABSENT
    if isinstance(found, dict | list):
        return as_json(found)
    # A caller's quotes must not end the field that they are written in. This one has its own.
    return text(found) if name[-1].endswith("messageString") else escaped(text(found))


def escaped(value: str) -> str:
    """A text as it stands between the quotes of JSON."""
    return encode_basestring(value)[1:-1]


def variables(run: Execution, status: int, length: int) -> dict[str, Any]:
    """`$context` at the end of a request: as in templates, and what the answer adds."""
    values = values_of_request(run) | {
        "status": status,
        "responseLength": length,
        "responseLatency": round((time.time() - run.started) * 1000),
        "xrayTraceId": run.header("x-amzn-trace-id") or None,
        **_integration(run),
        "error": _error(run),
    }
    key = _api_key_id(run)
    if key:
        values["identity"]["apiKeyId"] = key
    return values


def _integration(run: Execution) -> dict[str, Any]:
    """`integrationStatus` of a Lambda proxy is Lambda's, `integration.status` the code's."""
    if run.integration_seconds is None:
        return {"integration": {}}
    latency = round(run.integration_seconds * 1000)
    status = run.integration_status
    service_status = 200 if status and run.integration_type == "AWS_PROXY" else status
    problem = getattr(run.gateway_error, "message", None) if status is None else None
    return {
        "integrationErrorMessage": problem,
        "integration": {
            "error": problem,
            "latency": latency,
            "status": status,
            "integrationStatus": service_status,
        },
        "integrationLatency": latency,
        "integrationStatus": service_status,
    }


def _error(run: Execution) -> dict[str, Any]:
    error = run.gateway_error
    if error is None:
        return {}
    return {
        "message": error.message,
        "messageString": f'"{error.message}"',
        "responseType": error.response_type,
    }


def _api_key_id(run: Execution) -> str | None:
    from ministack.services import apigateway_v1

    key = apigateway_v1._resolve_api_key(apigateway_v1._api_key_from_request(run.headers))
    return str(key["id"]) if key else None
