"""HTTP calls that are paced, patient with a 429, and never follow a redirect."""

import json
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import urllib3

# API Gateway answers within 29 seconds, by default.
TIMEOUT_SECONDS = 30.0
_TRIES = 5
_MOST_PATIENCE = 20.0


@dataclass(frozen=True, kw_only=True)
class Answer:
    """An HTTP response. ``headers`` are by lower-case name, ``seconds`` is how long it took."""

    status: int
    headers: Mapping[str, str]
    text: str
    seconds: float = 0.0

    @cached_property
    def json(self) -> Any:
        """The body as JSON, or None where it is none."""
        try:
            return json.loads(self.text)
        except ValueError:
            return None

    @property
    def request_id(self) -> str:
        """What finds the request in API Gateway's logs, or empty."""
        inside = self.json.get("request_id", "") if isinstance(self.json, dict) else ""
        return self.headers.get("x-amzn-requestid") or str(inside)


class Pace:
    """Spaces calls, of any number of threads, so that there are ``rate`` a second at most."""

    def __init__(self, rate: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._gap = 1 / rate
        self._clock = clock
        self._next = 0.0
        self._lock = threading.Lock()

    def delay(self) -> float:
        """Take the next turn, and return the seconds until it."""
        with self._lock:
            now = self._clock()
            turn = max(now, self._next)
            self._next = turn + self._gap
            return turn - now


class Http:
    """Sends at most ``rate`` requests a second, from any number of threads.

    ``connections`` are kept open; ``timeout`` is how many seconds an answer may take.
    """

    def __init__(
        self,
        rate: float,
        *,
        connections: int = 1,
        timeout: float = TIMEOUT_SECONDS,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._pool = urllib3.PoolManager(maxsize=connections, block=True)
        self._pace = Pace(rate)
        self._timeout = urllib3.Timeout(connect=min(timeout, 5), read=timeout)
        self._sleep = sleep

    def send(
        self,
        method: str,
        url: str,
        headers: Mapping[str, str] | None = None,
        body: bytes | None = None,
    ) -> Answer:
        """Send a request, and again while the answer is 429 (RFC 6585, Retry-After).

        Raises urllib3's HTTPError when there is no answer.
        """
        for attempt in range(_TRIES):
            self._sleep(self._pace.delay())
            answer = self.once(method, url, headers, body)
            if answer.status != 429 or attempt == _TRIES - 1:
                break
            self._sleep(_patience(answer, attempt))
        return answer

    def once(
        self,
        method: str,
        url: str,
        headers: Mapping[str, str] | None = None,
        body: bytes | None = None,
    ) -> Answer:
        """Send a request, whatever is answered."""
        began = time.perf_counter()
        response = self._pool.request(
            method,
            url,
            headers=dict(headers or {}),
            body=body,
            timeout=self._timeout,
            retries=False,
            redirect=False,
        )
        return Answer(
            status=response.status,
            headers={name.lower(): value for name, value in response.headers.items()},
            text=response.data.decode(errors="replace"),
            seconds=time.perf_counter() - began,
        )


def _patience(answer: Answer, attempt: int) -> float:
    # A date, which RFC 9110 allows too, is not what API Gateway sends.
    told = answer.headers.get("retry-after", "")
    seconds = float(told) if told.isdigit() else 2.0**attempt
    return min(seconds, _MOST_PATIENCE)
