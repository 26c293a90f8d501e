"""`make bench`, or `python -m bench`: measures, prints tables, writes bench/results/."""

import argparse
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from bench import bundles, edits, growth, handlers, releases, synth, throughput, up
from bench.machine import machine_kind
from bench.options import Options
from bench.report import Report
from bench.results import OtherVersionsError, earlier_results, replace_results, write_results
from bench.rival_tools import rival_versions
from bench.table import table
from local.progress import Progress

_RESULTS = Path(__file__).parent / "results"
_ROUTES = (5, 50, 200, 500, 1000)
_QUICK_ROUTES = (5, 50)

MEASUREMENTS: Mapping[str, Callable[[Options], Report]] = {
    "bundles": bundles.measure,
    "synth": synth.measure,
    "platform": synth.whole_platform,
    "growth": growth.measure,
    "up": up.measure,
    "edits": edits.measure,
    "releases": releases.measure,
    "handlers": handlers.measure,
    "throughput": throughput.measure,
}


def main(arguments: Sequence[str] | None = None) -> None:
    """The command. Results are written of whole runs only, unless a file is named."""
    parser = _parser()
    options = parser.parse_args(arguments)
    if options.record:
        # Now, and not after minutes of measuring.
        try:
            earlier_results(_output(options), rival_versions())
        except OtherVersionsError as error:
            parser.error(str(error))
    chosen = options.only or list(MEASUREMENTS)
    progress = Progress()
    with tempfile.TemporaryDirectory(prefix="gatewright-bench-") as work:
        asked = Options(
            runs=options.runs or (1 if options.quick else 5),
            seconds=1 if options.quick else 5,
            routes=_QUICK_ROUTES if options.quick else _ROUTES,
            work=Path(work),
            say=progress.say,
        )
        reports = {name: MEASUREMENTS[name](asked) for name in chosen}
    for report in reports.values():
        print("\n" + table(report), end="")
    _write(options, reports)


def _output(options: argparse.Namespace) -> Path:
    return options.output or _RESULTS / f"{machine_kind()}.json"


def _write(options: argparse.Namespace, reports: Mapping[str, Report]) -> None:
    output = _output(options)
    if options.record:
        replace_results(output, reports, rival_versions())
    elif options.output or not (options.only or options.quick):
        write_results(output, reports, rival_versions())
    else:
        return
    print(f"\nWritten to {output}")


def _names(text: str) -> list[str]:
    names = text.split(",")
    unknown = [name for name in names if name not in MEASUREMENTS]
    if unknown:
        known = ", ".join(MEASUREMENTS)
        raise argparse.ArgumentTypeError(f"no measurement {', '.join(unknown)}; there are {known}")
    return names


def _runs(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of runs")
    return int(text)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m bench",
        description="Measures the platform beside its rivals. Medians; contenders run in turn.",
        epilog=f"Measurements: {', '.join(MEASUREMENTS)}. A whole run takes about 20 minutes and "
        "is written to bench/results/<kind of machine>.json.",
    )
    parser.add_argument(
        "--only", type=_names, metavar="NAME[,NAME]", help="these measurements alone"
    )
    parser.add_argument("--quick", action="store_true", help="one run each, small sizes")
    parser.add_argument("--runs", type=_runs, help="runs of each thing (default: 5)")
    parser.add_argument("--output", type=Path, help="write the results to this file")
    parser.add_argument(
        "--record", action="store_true", help="put what is measured in place of earlier results"
    )
    return parser


if __name__ == "__main__":
    main()
