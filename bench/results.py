"""The results of whole runs, as JSON under bench/results/: one file for each kind of machine."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bench.machine import machine
from bench.report import Report, is_kept

_DIGITS = 4
# Else the measurements of one file could not be compared.
_ALIKE = ("machine", "rivals")


class OtherVersionsError(Exception):
    """What was measured before was of another machine or of other versions."""


def write_results(path: Path, reports: Mapping[str, Report], rivals: Mapping[str, str]) -> None:
    """Write what one run found; the ratios in it are within that run. ``rivals`` are versions."""
    path.parent.mkdir(parents=True, exist_ok=True)
    _write(path, _results(reports, rivals))


def replace_results(path: Path, reports: Mapping[str, Report], rivals: Mapping[str, str]) -> None:
    """Put measurements in the place of the same ones in ``path``; each has a date of its own.

    Raises OtherVersionsError.
    """
    before, now = earlier_results(path, rivals), _results(reports, rivals)
    _write(path, {**before, "measurements": {**before["measurements"], **now["measurements"]}})


def earlier_results(path: Path, rivals: Mapping[str, str]) -> dict[str, Any]:
    """Read results that others can be put beside. Raises OtherVersionsError."""
    before: dict[str, Any] = json.loads(path.read_text()) if path.exists() else {}
    now = _results({}, rivals)
    if any(before.get(name) != now[name] for name in _ALIKE):
        raise OtherVersionsError(
            f"{path.name} is not there, or of other versions: measure everything anew."
        )
    return before


def _results(reports: Mapping[str, Report], rivals: Mapping[str, str]) -> dict[str, Any]:
    date = datetime.now(tz=UTC).date().isoformat()
    return {
        "machine": machine(),
        "rivals": dict(rivals),
        "measurements": {
            name: {"date": date, **measurement(report)} for name, report in reports.items()
        },
    }


def _write(path: Path, content: Mapping[str, Any]) -> None:
    path.write_text(json.dumps(content, indent=2) + "\n")


def measurement(report: Report) -> dict[str, Any]:
    """A report as JSON: rows and ratios by name; what has a bound says whether it is kept."""
    rows = {}
    for row in report.rows:
        found = _rounded(asdict(row.summary)) if row.summary else {"not_measured": row.note}
        bound = _bound(row.summary.median, row.at_most) if row.summary else {}
        rows[row.name] = {"unit": row.unit, **found, **bound}
    ratios = {
        ratio.name: {**_rounded({"value": ratio.value}), **_bound(ratio.value, ratio.at_most)}
        for ratio in report.ratios
    }
    return {"title": report.title, "rows": rows, "ratios": ratios}


def _bound(value: float, at_most: float | None) -> dict[str, Any]:
    return {} if at_most is None else {"at_most": at_most, "kept": is_kept(value, at_most)}


def _rounded(values: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: float(f"{value:.{_DIGITS}g}") if isinstance(value, float) else value
        for name, value in values.items()
    }
