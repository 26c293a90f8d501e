"""A server that answers as foods does, and remembers what it was asked.

The key and the token that it takes are both `good`.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

STAGE = "/live"
ETAG = '"revision-1"'
FOOD = {"name": "hotdog", "quantity": 3}
LISTED = {"foods": [FOOD], "next_cursor": None}
REFUSED = {"message": "Forbidden", "request_id": "request-1"}


@dataclass(frozen=True)
class Asked:
    """One request. ``headers`` are by lower-case name."""

    method: str
    path: str
    headers: dict[str, str]
    body: Any


@dataclass
class Answering:
    """Where the server is, and what it was asked."""

    url: str
    asked: list[Asked] = field(default_factory=list)


@contextmanager
def answering() -> Iterator[Answering]:
    """Serve on a free port of this machine until the block ends."""
    found = Answering("")

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def answer(self) -> None:
            length = int(self.headers.get("content-length") or 0)
            body = json.loads(self.rfile.read(length)) if length else None
            headers = {name.lower(): value for name, value in self.headers.items()}
            asked = Asked(self.command, self.path.removeprefix(STAGE), headers, body)
            found.asked.append(asked)
            status, value = _answer(asked)
            content = json.dumps(value).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.send_header("ETag", ETAG)
            self.end_headers()
            self.wfile.write(content)

        do_GET = do_POST = do_PUT = answer  # noqa: N815

        def log_message(self, *_: object) -> None:
            """Nothing on the terminal."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    found.url = f"http://127.0.0.1:{server.server_address[1]}{STAGE}"
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield found
    finally:
        server.shutdown()
        server.server_close()


def _answer(asked: Asked) -> tuple[int, Any]:
    if asked.method == "GET":
        if asked.headers.get("x-api-key") != "good":
            return 403, REFUSED
        return 200, ["hotdog"] if asked.path == "/list_foods" else LISTED
    if asked.headers.get("authorization") != "Bearer good":
        return 401, {**REFUSED, "message": "Unauthorized"}
    return 201 if asked.method == "POST" else 200, {**FOOD, **asked.body}
