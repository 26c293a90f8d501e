"""Integrations that stream.

'Stream the integration response for your proxy integrations in API Gateway', and its pages on
Lambda and on HTTP:
https://docs.aws.amazon.com/apigateway/latest/developerguide/response-transfer-mode.html
"""

from __future__ import annotations

import io
import threading
import zipfile
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import httpx
import pytest

from tests.local_gaps.running import ACCOUNT, REGION, Aws, document, lambda_proxy

# A runtime that answers each path with bytes of its own.
RUNTIME = r"""
import http.client, json, os, time
api = http.client.HTTPConnection(os.environ["AWS_LAMBDA_RUNTIME_API"])
ZERO = b"\0" * 8
ANSWERS = {
    "/whole": [b'{"statusCode": 201, "headers": {"X-A": "b"}}' + ZERO + b"one ", b"two"],
    "/split": [b'{"status', b'Code": 202}\0\0\0', ZERO[3:] + b"one"],
    "/empty": [b'{"statusCode": 204}' + ZERO],
    "/cookies": [b'{"statusCode": 200, "cookies": ["a=1", "b=2"]}' + ZERO],
    "/bare": [b"no metadata"],
    "/malformed": [b"[1]" + ZERO + b"one"],
    "/slow": [b'{"statusCode": 200}' + ZERO + b"one", None],
}
def pieces(path):
    for piece in ANSWERS[path]:
        if piece is None:
            time.sleep(60)
        else:
            yield piece
while True:
    api.request("GET", "/2018-06-01/runtime/invocation/next")
    response = api.getresponse()
    event = json.loads(response.read())
    place = f"/2018-06-01/runtime/invocation/{response.headers['Lambda-Runtime-Aws-Request-Id']}"
    headers = {"Lambda-Runtime-Function-Response-Mode": "streaming",
               "Transfer-Encoding": "chunked"}
    api.request("POST", place + "/response", pieces(event["path"]), headers, encode_chunked=True)
    api.getresponse().read()
"""
BOOT = '#!/bin/sh\nexec "$1" boot.py\n'
CASES: dict[str, tuple[int, str, dict[str, str]]] = {
    "/whole": (201, "one two", {"x-a": "b"}),
    "/split": (202, "one", {}),
    "/empty": (204, "", {}),
    "/cookies": (200, "", {"set-cookie": "a=1, b=2"}),
    "/bare": (502, "Internal server error", {}),
    "/malformed": (502, "Internal server error", {}),
}


@pytest.fixture(scope="module")
def api(aws: Aws) -> str:
    """An API that a function streams for 2 seconds at most; `/other` has the wrong URI."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("boot.py", RUNTIME)
        archive.writestr("boot", BOOT)
    aws.client("lambda").create_function(
        FunctionName="streams",
        Runtime="python3.11",
        Role=f"arn:aws:iam::{ACCOUNT}:role/any",
        Handler="boot.none",
        Code={"ZipFile": packed.getvalue()},
        Timeout=2,
        Environment={"Variables": {"AWS_LAMBDA_EXEC_WRAPPER": "/var/task/boot"}},
    )
    arn = f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:streams"
    uri = (
        f"arn:aws:apigateway:{REGION}:lambda:path/2021-11-15/functions/{arn}"
        "/response-streaming-invocations"
    )
    paths: dict[str, Any] = {
        path: {"get": lambda_proxy(arn, uri=uri, responseTransferMode="STREAM")}
        for path in (*CASES, "/slow")
    }
    paths["/other"] = {"get": lambda_proxy(arn, responseTransferMode="STREAM")}
    made = aws.import_api(document(paths))
    aws.permit("streams", f"arn:aws:execute-api:{REGION}:{ACCOUNT}:{made}/*/*/*")
    return made


@pytest.mark.parametrize("path", CASES)
def test_the_format_of_a_streamed_answer(aws: Aws, api: str, path: str) -> None:
    status, text, headers = CASES[path]
    answer = aws.call(api, path)
    found = answer.json()["message"] if status == 502 else answer.text
    assert (answer.status_code, found) == (status, text)
    assert headers.items() <= dict(answer.headers).items()


def test_a_function_that_takes_too_long_is_cut_off(aws: Aws, api: str) -> None:
    with pytest.raises(httpx.RemoteProtocolError):
        aws.call(api, "/slow")


def test_the_uri_of_an_answer_in_one_piece_is_refused(aws: Aws, api: str) -> None:
    assert aws.call(api, "/other").status_code == 500


@pytest.fixture
def go_on() -> threading.Event:
    return threading.Event()


@pytest.fixture
def backend(go_on: threading.Event) -> Iterator[str]:
    """A server that writes a first line, and a last one when it is told to go on."""

    class Backend(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/plain")
            self.end_headers()
            self.wfile.write(b"first\n")
            self.wfile.flush()
            if go_on.wait(20):
                self.wfile.write(b"last\n")

        def log_message(self, *_arguments: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Backend)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


def test_a_backends_first_line_is_here_before_its_last_is_written(
    aws: Aws, backend: str, go_on: threading.Event
) -> None:
    integration = {
        "type": "http_proxy",
        "httpMethod": "GET",
        "uri": backend,
        "responseTransferMode": "STREAM",
    }
    operation = {
        "responses": {"200": {"description": "ok"}},
        "x-amazon-apigateway-integration": integration,
    }
    made = aws.import_api(document({"/lines": {"get": operation}}))
    url = f"{aws.endpoint}/_aws/execute-api/{made}/live/lines"
    with httpx.stream("GET", url, timeout=30) as response:
        lines = response.iter_lines()
        assert (response.status_code, next(lines)) == (200, "first")
        go_on.set()
        assert list(lines) == ["last"]
