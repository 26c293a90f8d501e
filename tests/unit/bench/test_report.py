"""Medians, ratios and bounds."""

import json
import re
from pathlib import Path

import pytest

from bench.report import Ratio, Report, Row, Summary, is_kept, ratio
from bench.results import OtherVersionsError, measurement, replace_results, write_results


def _row(name: str, *values: float) -> Row:
    return Row(name=name, unit="s", summary=Summary.of(values))


@pytest.mark.parametrize(
    ("values", "median"), [((3.0,), 3.0), ((5.0, 1.0, 2.0), 2.0), ((1.0, 2.0, 3.0, 10.0), 2.5)]
)
def test_the_median_is_not_moved_by_one_slow_run(values: tuple[float, ...], median: float) -> None:
    found = Summary.of(values)
    assert found == Summary(median=median, least=min(values), most=max(values), runs=len(values))


def test_a_ratio_is_of_the_medians() -> None:
    [found] = ratio([_row("ours", 1, 3, 100), _row("theirs", 1.5)], "ours", "theirs", at_most=3)
    assert (found.name, found.value, found.at_most) == ("ours / theirs", 2.0, 3)


@pytest.mark.parametrize("base", ["theirs", "nobody"])
def test_what_was_not_measured_has_no_ratio(base: str) -> None:
    rows = [_row("ours", 1), Row.missing("theirs", "s", "not installed")]
    assert ratio(rows, "ours", base) == []


@pytest.mark.parametrize(("value", "kept"), [(2.9, True), (3.0, True), (3.1, False)])
def test_a_bound_is_included(value: float, kept: bool) -> None:
    assert is_kept(value, 3.0) is kept
    assert is_kept(value, None)


def test_results_say_what_was_not_measured_and_which_bounds_hold() -> None:
    rows = [
        Row(name="edit", unit="s", summary=Summary.of([1.23456, 2, 3]), at_most=1.5),
        Row.missing("rival", "s", "not installed"),
    ]
    report = Report(title="T", rows=rows, ratios=[Ratio(name="a / b", value=1.23456, at_most=3)])
    assert measurement(report) == {
        "title": "T",
        "rows": {
            "edit": {
                **{"unit": "s", "median": 2, "least": 1.235, "most": 3, "runs": 3},
                **{"at_most": 1.5, "kept": False},
            },
            "rival": {"unit": "s", "not_measured": "not installed"},
        },
        "ratios": {"a / b": {"value": 1.235, "at_most": 3, "kept": True}},
    }


def test_a_measurement_takes_the_place_of_an_earlier_one(tmp_path: Path) -> None:
    file = tmp_path / "results.json"
    one, two = (
        Report(title="T", rows=[Row(name="edit", unit="s", summary=Summary.of([seconds]))])
        for seconds in (1.0, 2.0)
    )
    write_results(file, {"edits": one, "up": one}, {"chalice": "1"})
    replace_results(file, {"up": two}, {"chalice": "1"})
    found = json.loads(file.read_text())["measurements"]
    assert [found[name]["rows"]["edit"]["median"] for name in ("edits", "up")] == [1.0, 2.0]
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", found["up"]["date"])
    with pytest.raises(
        OtherVersionsError, match=r"results\.json is not there, or of other versions"
    ):
        replace_results(file, {"up": one}, {"chalice": "2"})
    assert json.loads(file.read_text())["measurements"] == found
