"""An index over HTTP on this machine, which keeps what is put."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread


@dataclass
class AnsweringIndex:
    """``contents`` by path; ``status`` refuses everything, if it is not 0; ``asked`` are the
    requests with their Authorization header."""

    url: str = ""
    contents: dict[str, bytes] = field(default_factory=dict)
    status: int = 0
    asked: list[tuple[str, str, str]] = field(default_factory=list)


@contextmanager
def answering_index() -> Iterator[AnsweringIndex]:
    """The index, until the block ends."""
    index = AnsweringIndex()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            content = index.contents.get(self.path)
            self._answer(index.status or (404 if content is None else 200), content or b"")

        def do_PUT(self) -> None:
            content = self.rfile.read(int(self.headers["Content-Length"]))
            if not index.status:
                index.contents[self.path] = content
            self._answer(index.status or 201, b"")

        def _answer(self, status: int, content: bytes) -> None:
            known = self.headers.get("Authorization", "")
            index.asked.append((self.command, self.path, known))
            self.send_response(status)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    index.url = f"http://127.0.0.1:{server.server_port}/clients"
    Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    try:
        yield index
    finally:
        server.shutdown()
        server.server_close()
