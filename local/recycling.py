"""`POST /_gatewright/functions/<name>/recycle`: new workers for a function.

AWS ends execution environments whenever it likes, after the invocation that they serve. Tests make
it happen with this. Requests are served meanwhile; the answer says how many workers ended or will.
"""

from __future__ import annotations

import json
import re
from typing import Any

from local.same_machine import App, Scope

_PATH = re.compile(r"/_gatewright/functions/([\w-]+)/recycle")


def with_recycling(app: App) -> App:
    """The ASGI application, with this request besides its own."""

    async def answer(scope: Scope, receive: Any, send: Any) -> None:
        found = _PATH.fullmatch(scope["path"]) if scope["type"] == "http" else None
        if found is None or scope["method"] != "POST":
            await app(scope, receive, send)
            return
        body = json.dumps({"workers": _recycle(found[1])}).encode() + b"\n"
        headers = [(b"content-type", b"application/json")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    return answer


def _recycle(function: str) -> int:
    from ministack.core import lambda_runtime

    with lambda_runtime._lock:
        workers = [
            worker
            for pool in lambda_runtime._workers.values()
            for worker in pool
            if worker.func_name == function
        ]
    lambda_runtime.invalidate_worker(function)
    return len(workers)
