"""From a saved file to an answer over HTTP that shows it."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from bench.commands import background
from bench.options import Options
from bench.platform_copy import PlatformCopy
from bench.report import NotMeasuredError, Report, Row, Summary

_STOCK = Path("lambda_src/foods/v1/stock.py")
_HANDLER = Path("lambda_src/foods/v1/handler.py")
_STOCKED = 'FOOD_STOCK = {"hamburger": "yes",'
_ROUTE = """

@app.get("/bench_{n}", summary="Made by a measurement", security=[{{}}])
def bench_{n}() -> list[str]:
    return []
"""
_SERVED_SECONDS = 120
_POLL_SECONDS = 0.02
# A change that was saved, as the check whether it is served.
Edit = Callable[[], Callable[[], bool]]
# A watcher is ready when it has said something and has nothing more to say.
_READY_SECONDS, _QUIET_SECONDS = 60, 3.0
_WATCH = Path("local/watch.py")
_BOUNDS = {"code": 2.0, "route": 10.0}


def measure(options: Options) -> Report:
    """By `make watch`, and by `make up` once more."""
    options.say("Edit to served")
    copy = PlatformCopy.make(options.work / "edits")
    try:
        copy.up()
        edits = Edits(copy)
        rows = [
            row
            for kind, edit in (("code", edits.code), ("route", edits.route))
            for row in [_row(f"edit of {kind}, make up", edit, copy.up, options)]
        ]
        rows += _watched(copy, edits, options)
    finally:
        copy.down()
    return Report(title="Edit to served", rows=rows)


class Edits:
    """Changes to the copy, each with a check that tells whether it is served."""

    def __init__(self, copy: PlatformCopy) -> None:
        self._folder = copy.folder
        outputs = copy.outputs()
        self._client = httpx.Client(
            base_url=outputs["apis"]["foods-v1"]["url"],
            headers={"x-api-key": outputs["demo"]["api_key"]},
            timeout=30,
            trust_env=False,
        )
        self._count = 0

    def code(self) -> Callable[[], bool]:
        """Save another food; it is served when the list has it."""
        self._count += 1
        food = f"food{self._count}"
        _replace(self._folder / _STOCK, _STOCKED, f'{_STOCKED} "{food}": "yes",')
        return lambda: food in self._answer("list_foods").text

    def route(self) -> Callable[[], bool]:
        """Save another route; it is served when it answers 200."""
        self._count += 1
        handler = self._folder / _HANDLER
        handler.write_text(handler.read_text() + _ROUTE.format(n=self._count))
        path = f"bench_{self._count}"
        return lambda: self._answer(path).status_code == httpx.codes.OK

    def _answer(self, path: str) -> httpx.Response:
        return self._client.get(path)


def _row(
    name: str,
    edit: Edit,
    deploy: Callable[[], object],
    options: Options,
) -> Row:
    values = []
    for _ in range(options.runs):
        begun = time.perf_counter()
        served = edit()
        deploy()
        try:
            _wait(served)
        except NotMeasuredError as error:
            return Row.missing(name, "s", str(error))
        values.append(time.perf_counter() - begun)
    row = Row(name=name, unit="s", summary=Summary.of(values))
    options.say(f"  {name}: {Summary.of(values).median:.3g} s")
    return row


def _watched(copy: PlatformCopy, edits: Edits, options: Options) -> list[Row]:
    names = {kind: f"edit of {kind}, make watch" for kind in _BOUNDS}
    if not (copy.folder / _WATCH).exists():
        return [Row.missing(name, "s", "there is no make watch yet") for name in names.values()]
    with _watching(copy):
        rows = [
            _row(names[kind], edit, lambda: None, options)
            for kind, edit in (("code", edits.code), ("route", edits.route))
        ]
    return [
        Row(name=row.name, unit="s", summary=row.summary, note=row.note, at_most=bound)
        for row, bound in zip(rows, _BOUNDS.values(), strict=True)
    ]


@contextmanager
def _watching(copy: PlatformCopy) -> Iterator[None]:
    log = copy.folder / "watch.log"
    command = [sys.executable, "-m", "local.watch"]
    with log.open("wb") as output, background(command, copy.folder, copy.environment(), output):
        deadline = time.monotonic() + _READY_SECONDS
        seen, since = 0, time.monotonic()
        while not seen or time.monotonic() - since < _QUIET_SECONDS:
            if time.monotonic() > deadline:
                break
            time.sleep(_POLL_SECONDS)
            size = log.stat().st_size
            seen, since = (size, time.monotonic()) if size != seen else (seen, since)
        yield


def _wait(served: Callable[[], bool]) -> None:
    deadline = time.monotonic() + _SERVED_SECONDS
    while not served():
        if time.monotonic() > deadline:
            raise NotMeasuredError(f"not served after {_SERVED_SECONDS} s")
        time.sleep(_POLL_SECONDS)


def _replace(file: Path, old: str, new: str) -> None:
    text = file.read_text()
    if old not in text:
        raise NotMeasuredError(f"{file.name} has no {old!r} to edit")
    file.write_text(text.replace(old, new))
