"""Tables that people read."""

import pytest

from bench.report import Ratio, Report, Row, Summary
from bench.table import number, table


def test_a_table_has_a_line_for_each_row_and_ratio() -> None:
    rows = [
        Row(name="ours, 5 routes", unit="s", summary=Summary.of([1.5, 1.25, 2])),
        Row(name="edit", unit="s", summary=Summary.of([2.5]), at_most=2),
        Row.missing("theirs", "s", "more than 500 resources"),
    ]
    ratios = [Ratio(name="ours / theirs", value=0.756, at_most=3)]
    assert table(Report(title="Synth", rows=rows, ratios=ratios)) == (
        "Synth\n"
        "                 median   min  max  runs\n"
        "ours, 5 routes    1.5 s  1.25    2     3\n"
        "edit              2.5 s   2.5  2.5     1  at most 2 s: NOT KEPT\n"
        "theirs                -                   not measured: more than 500 resources\n"
        "ours / theirs   x 0.756                   at most 3: kept\n"
    )


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.01234, "0.0123"), (1.2345, "1.23"), (12.345, "12.3"), (123.45, "123"), (12345.6, "12346")],
)
def test_numbers_have_three_digits_that_mean_something(value: float, text: str) -> None:
    assert number(value) == text
