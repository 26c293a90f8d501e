"""What a release costs beside the deployment itself: all at once, and by a canary."""

import sys
import time

import yaml

from bench.commands import seconds
from bench.edits import Edits
from bench.options import Options
from bench.platform_copy import PlatformCopy
from bench.report import Report, Row, Summary

# The embedded AWS judges in periods of ten seconds; a bake here is time that is waited for anyhow.
_BAKE_SECONDS = 10
_CANARY = {
    "canary": {
        "steps": [50],
        "bake_seconds": _BAKE_SECONDS,
        "period_seconds": 10,
        "smoke": True,
    }
}
_SWEEP = "sweep after a release that went all at once"
_ALL_AT_ONCE, _BY_CANARY = "edit of code, all at once", "edit of code, by a canary"
_BEYOND = f"a canary beyond all at once and its bake of {_BAKE_SECONDS} s"


def measure(options: Options) -> Report:
    """By `make up`, on two copies of the platform in turn."""
    options.say("Releases, all at once and by a canary")
    plain = PlatformCopy.make(options.work / "all-at-once")
    careful = PlatformCopy.make(options.work / "canary")
    _configure(careful)
    try:
        rows = _rows(plain, careful, options)
    finally:
        plain.down()
        careful.down()
    return Report(title="Releases", rows=rows)


def _configure(copy: PlatformCopy) -> None:
    file = copy.folder / "platform.yaml"
    content = yaml.safe_load(file.read_text())
    content["environments"]["local"]["release"] = _CANARY
    file.write_text(yaml.safe_dump(content, sort_keys=False))


def _rows(plain: PlatformCopy, careful: PlatformCopy, options: Options) -> list[Row]:
    for copy in (plain, careful):
        copy.up()
    edits = [(copy, Edits(copy)) for copy in (plain, careful)]
    found: dict[str, list[float]] = {name: [] for name in (_ALL_AT_ONCE, _SWEEP, _BY_CANARY)}
    for _ in range(options.runs):
        taken = [_released(copy, edit) for copy, edit in edits]
        found[_ALL_AT_ONCE].append(taken[0])
        found[_BY_CANARY].append(taken[1])
        sweep = [sys.executable, "-m", "local.release", "--environment", "local", "sweep"]
        environment = plain.environment()
        found[_SWEEP].append(seconds(sweep, folder=plain.folder, environment=environment))
        options.say(f"  all at once {taken[0]:.3g} s, by a canary {taken[1]:.3g} s")
    beyond = [
        canary - _BAKE_SECONDS - all_at_once
        for canary, all_at_once in zip(found[_BY_CANARY], found[_ALL_AT_ONCE], strict=True)
    ]
    bounds = {_SWEEP: 2.0, _BEYOND: 10.0}
    return [
        Row(name=name, unit="s", summary=Summary.of(values), at_most=bounds.get(name))
        for name, values in {**found, _BEYOND: beyond}.items()
    ]


def _released(copy: PlatformCopy, edits: Edits) -> float:
    begun = time.perf_counter()
    served = edits.code()
    copy.up()
    taken = time.perf_counter() - begun
    if not served():
        raise RuntimeError("what was released is not served")
    return taken
