"""Many callers at once, each of whom waits for an answer before the next request."""

import itertools
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

import urllib3

from gatewright.checks.http import Http
from gatewright.checks.load.operations import Target
from gatewright.checks.load.tally import Tally

_NO_ANSWER = "no answer"


def warm_up(targets: Sequence[Target], http: Http, callers: int) -> None:
    """A request of each caller to each target that is not counted.

    It opens the connections, and a function that has to start first does it then.
    """
    with ThreadPoolExecutor(callers) as threads:
        for target in targets:
            for done in [threads.submit(_send, target, http, Tally()) for _ in range(callers)]:
                done.result()


def send(
    targets: Sequence[Target],
    http: Http,
    callers: int,
    *,
    requests: int | None,
    go_on: Callable[[], bool],
) -> tuple[Tally, float]:
    """Send ``requests``, or without end, while ``go_on`` says so: the counts, and the seconds."""
    numbers = itertools.count()
    lock = threading.Lock()

    def caller() -> Tally:
        tally = Tally()
        while go_on():
            with lock:
                number = next(numbers)
            if requests is not None and number >= requests:
                break
            _send(targets[number % len(targets)], http, tally)
        return tally

    began = time.monotonic()
    total = Tally()
    with ThreadPoolExecutor(callers) as threads:
        for done in [threads.submit(caller) for _ in range(callers)]:
            total.merge(done.result())
    return total, time.monotonic() - began


def _send(target: Target, http: Http, tally: Tally) -> None:
    began = time.perf_counter()
    try:
        status = http.once(target.method, target.url, target.headers).status
    except urllib3.exceptions.HTTPError:
        tally.add(time.perf_counter() - began, _NO_ANSWER, success=False)
    else:
        seconds = time.perf_counter() - began
        tally.add(seconds, str(status), success=status in target.successes)
