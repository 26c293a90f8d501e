"""An HTTP server for integrations: it tells what it was asked, or answers as it is asked to."""

from __future__ import annotations

import base64
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

PIXEL = b"\x89PNG\r\n\x1a\n\x00\xff"


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def _answer(self) -> None:
        length = int(self.headers.get("content-length") or 0)
        body = self.rfile.read(length)
        asked = urlsplit(self.path)
        query = dict(parse_qsl(asked.query))
        time.sleep(float(query.get("sleep", 0)))
        told = {
            "method": self.command,
            "path": asked.path,
            "query": parse_qsl(asked.query, keep_blank_values=True),
            "headers": {name.lower(): value for name, value in self.headers.items()},
            "body": base64.b64encode(body).decode(),
        }
        answers = {
            "/png": ("image/png", PIXEL),
            "/base64": ("text/plain", base64.b64encode(PIXEL)),
            "/text": ("text/plain", b"no base64!"),
            "/error": ("application/json", b'{"error": {"reason": "none left"}, "pets": ["a"]}'),
        }
        kind, content = answers.get(asked.path, ("application/json", json.dumps(told).encode()))
        self.send_response(int(query.get("status", 200)))
        for name, value in (
            ("Content-Type", kind),
            ("Content-Length", str(len(content))),
            ("X-App-Id", "one"),
            ("X-Several", "a"),
            ("X-Several", "b"),
            ("Location", "/elsewhere"),
            ("WWW-Authenticate", "Basic"),
        ):
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    do_GET = do_POST = do_PUT = do_DELETE = do_PATCH = _answer  # noqa: N815 - the base class's names

    def log_message(self, *_arguments: Any) -> None:
        return


@contextmanager
def running() -> Iterator[str]:
    """`host:port` of the server, for as long as it is used."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
