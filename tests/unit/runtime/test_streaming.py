"""The runtime that streams, against Lambda's runtime API as its documentation tells it."""

import base64
import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest

from gatewright.runtime.streaming import Handler, serve
from gatewright.runtime.variables import LIFECYCLE_VARIABLE

EVENT = {"path": "/ticker"}


@dataclass
class Told:
    """What the runtime sent: its path, its headers, its chunks and its trailers."""

    path: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    chunks: list[bytes] = field(default_factory=list)
    trailers: dict[str, str] = field(default_factory=dict)

    @property
    def error(self) -> Any:
        return json.loads(b"".join(self.chunks))


@pytest.fixture
def told() -> Told:
    return Told()


@pytest.fixture
def connection(told: Told) -> Iterator[HTTPConnection]:
    class RuntimeApi(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            assert self.path == "/2018-06-01/runtime/invocation/next"
            body = json.dumps(EVENT).encode()
            self.send_response(200)
            self.send_header("Lambda-Runtime-Aws-Request-Id", "id-1")
            self.send_header("Lambda-Runtime-Deadline-Ms", "1700000000000")
            self.send_header("Lambda-Runtime-Invoked-Function-Arn", "arn:function")
            self.send_header("Lambda-Runtime-Trace-Id", "Root=1")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def do_POST(self) -> None:
            told.path, told.headers = self.path, dict(self.headers.items())
            if self.headers.get("Transfer-Encoding") == "chunked":
                while size := int(self.rfile.readline(), 16):
                    told.chunks.append(self.rfile.read(size))
                    self.rfile.readline()
                while line := self.rfile.readline().strip():
                    name, _, value = line.decode().partition(": ")
                    told.trailers[name] = value
            else:
                told.chunks.append(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(202)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_arguments: object) -> None:
            return

    server = HTTPServer(("127.0.0.1", 0), RuntimeApi)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    made = HTTPConnection("127.0.0.1", server.server_port)
    yield made
    made.close()
    server.shutdown()
    server.server_close()


def lines(event: Any, context: Any) -> Iterator[Any]:
    yield {"statusCode": 201, "headers": {"X-Request": context.aws_request_id}}
    yield f"{event['path']}\n"
    yield ""
    yield b"\x00\xff"


def test_metadata_a_delimiter_and_each_piece_by_itself(
    connection: HTTPConnection, told: Told
) -> None:
    serve(connection, lines)
    assert told.path == "/2018-06-01/runtime/invocation/id-1/response"
    assert told.headers["Lambda-Runtime-Function-Response-Mode"] == "streaming"
    head, delimiter, rest = told.chunks[0].partition(b"\0" * 8)
    assert json.loads(head) == {"statusCode": 201, "headers": {"X-Request": "id-1"}}
    assert (len(delimiter), rest) == (8, b"")
    assert told.chunks[1:] == [b"/ticker\n", b"\x00\xff"]
    assert told.trailers == {}


def test_a_deprecated_version_says_so(
    connection: HTTPConnection, told: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(LIFECYCLE_VARIABLE, json.dumps({"Deprecation": "@1", "Link": "<b>"}))
    serve(connection, linked)
    head, _, _ = told.chunks[0].partition(b"\0" * 8)
    assert json.loads(head)["headers"] == {"link": "<a>, <b>", "Deprecation": "@1"}


def linked(_event: Any, _context: Any) -> Iterator[Any]:
    yield {"statusCode": 200, "headers": {"link": "<a>"}}


def failing_at_once(event: Any, _context: Any) -> Iterator[Any]:
    yield event["name"]


def without_metadata(_event: Any, _context: Any) -> Iterator[Any]:
    yield b"bytes first"


def nothing_at_all(_event: Any, _context: Any) -> Iterator[Any]:
    yield from ()


@pytest.mark.parametrize(
    ("handler", "kind"),
    [
        (failing_at_once, "KeyError"),
        (without_metadata, "TypeError"),
        (nothing_at_all, "StopIteration"),
    ],
)
def test_an_error_before_the_first_piece_is_one_of_the_function(
    connection: HTTPConnection, told: Told, handler: Handler, kind: str
) -> None:
    serve(connection, handler)
    assert told.path == "/2018-06-01/runtime/invocation/id-1/error"
    assert told.headers["Lambda-Runtime-Function-Error-Type"] == f"Function.{kind}"
    assert told.error["errorType"] == kind
    # The runtime goes on.
    serve(connection, lines)


def failing_later(_event: Any, _context: Any) -> Iterator[Any]:
    yield {"statusCode": 200}
    yield "begun"
    raise ValueError("later")


def test_an_error_after_it_is_in_the_trailers(connection: HTTPConnection, told: Told) -> None:
    serve(connection, failing_later)
    assert told.chunks[-1] == b"begun"
    assert told.trailers["Lambda-Runtime-Function-Error-Type"] == "ValueError"
    body = json.loads(base64.b64decode(told.trailers["Lambda-Runtime-Function-Error-Body"]))
    assert body["errorMessage"] == "later"
