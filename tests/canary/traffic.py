"""Callers without a pause, and what each of them got while the stage had which canary."""

from __future__ import annotations

import bisect
import http.client
import json
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit

CALLERS = 4
_SAMPLE_SECONDS = 0.1


@dataclass(frozen=True)
class Answer:
    """What one caller got: when it asked, and which release answered."""

    at: float
    status: int
    release: str | None
    seconds: float


@dataclass
class Traffic:
    """All answers while something went on, and the canary's share over time."""

    answers: list[Answer] = field(default_factory=list)
    samples: list[tuple[float, float]] = field(default_factory=list)

    @property
    def statuses(self) -> Counter[int]:
        """How often each status was given."""
        return Counter(answer.status for answer in self.answers)

    def at_share(self, percent: float) -> list[Answer]:
        """The answers that surely began and ended while the canary had this share."""
        return [answer for answer in self.answers if self.share_around(answer) == {percent}]

    def share_around(self, answer: Answer) -> set[float]:
        """The shares that the canary may have had while this was answered."""
        times = [at for at, _ in self.samples]
        first = bisect.bisect_left(times, answer.at - _SAMPLE_SECONDS) - 1
        last = bisect.bisect_right(times, answer.at + answer.seconds + _SAMPLE_SECONDS)
        return {share for _, share in self.samples[max(first, 0) : last + 1]}


@contextmanager
def traffic_at(url: str, share: Callable[[], float]) -> Iterator[Traffic]:
    """Call ``url`` all the while; ``share`` gives the canary's in percent."""
    traffic, done = Traffic(), threading.Event()

    def watch() -> None:
        while not done.wait(_SAMPLE_SECONDS):
            traffic.samples.append((time.monotonic(), share()))

    def call() -> None:
        # http.client: httpx takes longer to ask than the stage to answer.
        parts = urlsplit(url)
        connection = http.client.HTTPConnection(parts.netloc, timeout=30)
        while not done.is_set():
            traffic.answers.append(_answer(connection, parts.path))
        connection.close()

    threads = [threading.Thread(target=call) for _ in range(CALLERS)]
    threads.append(threading.Thread(target=watch))
    for thread in threads:
        thread.start()
    try:
        yield traffic
    finally:
        done.set()
        for thread in threads:
            thread.join()


def _answer(connection: http.client.HTTPConnection, path: str) -> Answer:
    began = time.monotonic()
    connection.request("GET", path)
    response = connection.getresponse()
    body = response.read()
    release = json.loads(body).get("release") if response.status == http.client.OK else None
    return Answer(began, response.status, release, time.monotonic() - began)
