"""Paths of the embedded AWS that AWS has not: what AWS does by itself, on request.

- `POST /_gatewright/functions/<name>/recycle`: new workers for a function (`local.recycling`)
- `PUT /_gatewright/<account>/<region>/codepipeline/jobs/<id>`: a job of an action, with its data
- `GET` of the same: the job's result, or null while there is none
- `POST /_gatewright/<account>/<region>/events`: events of AWS's own, which PutEvents refuses

Bodies and answers are JSON. Only programs on this machine get here (`local.same_machine`).
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

from local import recycling
from local.gaps import own_events
from local.gaps.codepipeline import jobs
from local.gaps.codepipeline.errors import RefusedError
from local.same_machine import App, Scope

_SCOPE = r"/_gatewright/(?P<account>\d{12})/(?P<region>[a-z0-9-]+)"
_JOB = rf"{_SCOPE}/codepipeline/jobs/(?P<job>[^/]+)"

Answer = Callable[[re.Match[str], Any], Any]


def _recycle(found: re.Match[str], _body: Any) -> Any:
    return {"workers": recycling.recycle(found["function"])}


def _open_job(found: re.Match[str], body: Any) -> Any:
    return jobs.open_job(found["job"], body)


def _result(found: re.Match[str], _body: Any) -> Any:
    return jobs.result(found["job"])


def _put_events(_found: re.Match[str], body: Any) -> Any:
    return own_events.put(body)


_ANSWERS: tuple[tuple[str, re.Pattern[str], Answer], ...] = (
    ("POST", re.compile(r"/_gatewright/functions/(?P<function>[\w-]+)/recycle"), _recycle),
    ("PUT", re.compile(_JOB), _open_job),
    ("GET", re.compile(_JOB), _result),
    ("POST", re.compile(rf"{_SCOPE}/events"), _put_events),
)


def with_private_paths(app: App) -> App:
    """The ASGI application, with these paths besides its own."""

    async def answer(scope: Scope, receive: Any, send: Any) -> None:
        for method, pattern, function in _ANSWERS if scope["type"] == "http" else ():
            found = pattern.fullmatch(scope["path"])
            if found and scope["method"] == method:
                status, body = _call(function, found, await _body(receive))
                await _send(send, status, body)
                return
        await app(scope, receive, send)

    return answer


def _call(function: Answer, found: re.Match[str], body: bytes) -> tuple[int, Any]:
    from ministack.core.responses import request_scope

    named = found.groupdict()
    try:
        content = json.loads(body) if body else None
        if "account" not in named:
            return 200, function(found, content)
        with request_scope(named["account"], named["region"]):
            return 200, function(found, content)
    except RefusedError as error:
        return 400, {"code": error.code, "message": str(error)}
    except ValueError as error:
        return 400, {"code": "ValidationException", "message": str(error)}


async def _body(receive: Any) -> bytes:
    parts, more = [], True
    while more:
        message = await receive()
        parts.append(message.get("body", b""))
        more = message.get("more_body", False)
    return b"".join(parts)


async def _send(send: Any, status: int, body: Any) -> None:
    headers = [(b"content-type", b"application/json")]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": json.dumps(body).encode() + b"\n"})
