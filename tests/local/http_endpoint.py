"""An HTTP endpoint that says what it was sent, for integrations to call."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any


class _Endpoint(BaseHTTPRequestHandler):
    """Answers 404 below ``/v2/reports/missing``, 500 below ``.../broken``, else 200."""

    def do_GET(self) -> None:
        """Say what came."""
        name = self.path.partition("?")[0].rpartition("/")[2]
        body = json.dumps(
            {"path": self.path, "headers": {k.lower(): v for k, v in self.headers.items()}}
        ).encode()
        self.send_response({"missing": 404, "broken": 500}.get(name, 200))
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("X-Endpoint", "it")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Keep quiet."""


@contextmanager
def http_endpoint() -> Iterator[str]:
    """Its host and port, while it runs."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Endpoint)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
