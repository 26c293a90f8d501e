"""Lambda's runtime API, for one runtime that streams.

https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html
https://docs.aws.amazon.com/lambda/latest/dg/runtimes-custom.html#runtimes-custom-response-streaming
"""

from __future__ import annotations

import asyncio
import json
from asyncio import StreamReader, StreamWriter

from local.gaps.streaming.invocation import Invocation

Headers = dict[str, str]
_connections: set[asyncio.Task[None] | None] = set()  # a task that nobody refers to may vanish


class RuntimeApi:
    """The API at a port of its own. A runtime asks for an invocation, and gets one that waits."""

    def __init__(self) -> None:
        self._waiting: asyncio.Queue[Invocation] = asyncio.Queue()
        self._current: Invocation | None = None
        self._server: asyncio.Server | None = None

    async def start(self) -> int:
        """Listen, and return the port."""
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        return int(self._server.sockets[0].getsockname()[1])

    def close(self) -> None:
        """Listen no more; a runtime that is connected sees the end."""
        if self._server:
            self._server.close()

    def invoke(self, invocation: Invocation) -> None:
        """Have the runtime answer it."""
        self._current = invocation
        self._waiting.put_nowait(invocation)

    async def _serve(self, reader: StreamReader, writer: StreamWriter) -> None:
        task = asyncio.current_task()
        _connections.add(task)
        try:
            while line := await reader.readline():
                method, path, _version = line.decode().split(" ", 2)
                await self._answer(method, path, await _headers(reader), reader, writer)
        except (OSError, ValueError, asyncio.IncompleteReadError):
            pass  # the runtime is gone, which its invocation is told below
        finally:
            _connections.discard(task)
            self.fail("the runtime ended before its answer")
            writer.close()

    def fail(self, problem: str) -> None:
        """End the invocation under way."""
        if self._current:
            self._current.end(problem)
            self._current = None

    async def _answer(
        self, method: str, path: str, headers: Headers, reader: StreamReader, writer: StreamWriter
    ) -> None:
        if method == "GET":
            invocation = await self._waiting.get()
            _reply(writer, 200, json.dumps(invocation.event).encode(), _of(invocation))
        elif path.endswith("/response"):
            trailers = await self._body(reader, headers)
            kind = trailers.get("lambda-runtime-function-error-type")
            self._end(f"the function failed while it streamed: {kind}" if kind else None)
            _reply(writer, 202)
        else:
            told = await reader.readexactly(int(headers.get("content-length", 0)))
            self._end(told.decode(errors="replace") or "the function failed")
            _reply(writer, 202)
        await writer.drain()

    async def _body(self, reader: StreamReader, headers: Headers) -> Headers:
        """Hand the answer on, chunk by chunk, and return its trailers."""
        if headers.get("transfer-encoding") != "chunked":
            self._receive(await reader.readexactly(int(headers.get("content-length", 0))))
            return {}
        while size := int((await reader.readline()).split(b";")[0], 16):
            self._receive(await reader.readexactly(size))
            await reader.readline()
        return await _headers(reader)

    def _receive(self, data: bytes) -> None:
        if self._current:
            self._current.receive(data)

    def _end(self, problem: str | None) -> None:
        if self._current:
            self._current.end(problem)
            self._current = None


async def _headers(reader: StreamReader) -> Headers:
    found = {}
    while line := (await reader.readline()).strip():
        name, _, value = line.decode().partition(":")
        found[name.strip().lower()] = value.strip()
    return found


def _of(invocation: Invocation) -> Headers:
    return {
        "Lambda-Runtime-Aws-Request-Id": invocation.request_id,
        "Lambda-Runtime-Deadline-Ms": str(invocation.deadline_ms),
        "Lambda-Runtime-Invoked-Function-Arn": invocation.arn,
        "Lambda-Runtime-Trace-Id": invocation.trace_id,
        "Content-Type": "application/json",
    }


def _reply(
    writer: StreamWriter, status: int, body: bytes = b"", headers: Headers | None = None
) -> None:
    lines = [f"HTTP/1.1 {status} -", f"Content-Length: {len(body)}"]
    lines += [f"{name}: {value}" for name, value in (headers or {}).items()]
    writer.write("\r\n".join([*lines, "", ""]).encode() + body)
