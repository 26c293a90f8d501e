"""`make up`, cold and warm, with everything installed."""

from bench.interleave import interleaved
from bench.options import Options
from bench.platform_copy import PlatformCopy
from bench.report import Report

# A cold start takes half a minute, and is to be repeated all the same.
_SLOW_SECONDS = 300.0


def measure(options: Options) -> Report:
    """Cold: nothing runs, nothing is deployed. Warm: all of it is, and nothing has changed."""
    options.say("make up, cold and warm")
    copy = PlatformCopy.make(options.work / "up")

    def cold() -> float:
        copy.down()
        return copy.up()

    try:
        rows = interleaved(
            {"make up, cold": cold, "make up, warm": copy.up},
            runs=options.runs,
            unit="s",
            say=options.say,
            slow_seconds=_SLOW_SECONDS,
        )
    finally:
        copy.down()
    return Report(title="make up", rows=rows)
