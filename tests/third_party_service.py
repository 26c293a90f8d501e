"""An outside test service for tests: it verifies signatures, and behaves as it is told."""

import json
import threading
import time
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any

import httpx

from gatewright.checks.third_party.signature import SIGNATURE, TIMESTAMP, signature

_OLDEST_SECONDS = 300


@dataclass
class Run:
    """A run that was started: what it was started with, and how often it was asked about."""

    request: dict[str, Any]
    starts: int = 1
    asked: int = 0


@dataclass
class ThirdPartyService:
    """A server on 127.0.0.1, to be used in a ``with``.

    ``behaviour`` may be changed at any time: ``pass`` and ``fail`` end a run when it has been
    asked about ``polls`` times, ``run`` never ends it, ``error`` answers 500, ``hang`` answers
    after ``hang_seconds``, ``malformed`` answers no result, ``redirect`` sends elsewhere, and
    ``call back`` puts a result of ``passed`` to the URL that the request gave. ``at once`` answers
    the start with a result, and ``going on`` with one that is none yet.
    """

    secret: str = "shared-secret"
    behaviour: str = "pass"
    polls: int = 1
    hang_seconds: float = 5
    status_origin: str = ""
    runs: dict[str, Run] = field(default_factory=dict)
    refused: int = 0
    calls: int = 0

    def __enter__(self) -> "ThirdPartyService":
        service = self

        class Handler(_Handler):
            owner = service
            disable_nagle_algorithm = True

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._server.shutdown()
        self._server.server_close()

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    @property
    def url(self) -> str:
        """Where runs are started."""
        return f"{self.origin}/runs"

    def start(self, request: dict[str, Any]) -> tuple[int, Any]:
        run_id = request["run_id"]
        if run_id in self.runs:
            self.runs[run_id].starts += 1
        else:
            self.runs[run_id] = Run(request)
            if self.behaviour == "call back":
                threading.Thread(target=self._call_back, args=(request,), daemon=True).start()
        if self.behaviour == "at once":
            return 200, self.result(run_id, passed=True)
        if self.behaviour == "going on":
            return 200, {"state": "running"}
        return 202, {"status_url": f"{self.status_origin or self.origin}/runs/{run_id}"}

    def state(self, run_id: str) -> tuple[int, Any]:
        run = self.runs[run_id]
        run.asked += 1
        if self.behaviour not in ("pass", "fail") or run.asked < self.polls:
            return 200, {"state": "running"}
        return 200, self.result(run_id, passed=self.behaviour == "pass")

    def result(self, run_id: str, *, passed: bool) -> dict[str, str]:
        return {
            "state": "passed" if passed else "failed",
            "summary": "12 probes, all good" if passed else "3 of 12 probes saw the wrong greeting",
            "report_url": f"https://probes.example.com/{run_id}",
        }

    def _call_back(self, request: dict[str, Any]) -> None:
        body = json.dumps(self.result(request["run_id"], passed=True))
        httpx.put(request["callback_url"], content=body).raise_for_status()


class _Handler(BaseHTTPRequestHandler):
    owner: ThirdPartyService

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if self._is_answerable(body):
            self._answer(*self.owner.start(json.loads(body)))

    def do_GET(self) -> None:
        if self._is_answerable(b""):
            self._answer(*self.owner.state(self.path.rsplit("/", 1)[1]))

    def _is_answerable(self, body: bytes) -> bool:
        owner = self.owner
        owner.calls += 1
        if not self._is_signed(body):
            owner.refused += 1
            self._answer(401, {"message": "the signature is wrong"})
        elif owner.behaviour == "error":
            self._answer(500, {"message": "out of order"})
        elif owner.behaviour == "malformed":
            self._answer(200, {"status": "fine"})
        elif owner.behaviour == "redirect":
            self._answer(302, {}, {"Location": "http://127.0.0.1:9/"})
        else:
            if owner.behaviour == "hang":
                time.sleep(owner.hang_seconds)
            return True
        return False

    def _is_signed(self, body: bytes) -> bool:
        timestamp = self.headers.get(TIMESTAMP, "0")
        is_new = abs(time.time() - int(timestamp)) < _OLDEST_SECONDS
        wanted = signature(self.owner.secret, timestamp, body)
        return is_new and self.headers.get(SIGNATURE) == wanted

    def _answer(self, status: int, content: Any, headers: dict[str, str] | None = None) -> None:
        body = json.dumps(content).encode()
        # A caller may have given up on a service that hangs.
        with suppress(ConnectionError):
            self.send_response(status)
            for name, value in (headers or {}).items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    def log_message(self, *_arguments: Any) -> None:
        """Nothing: a test's output is for the test."""
