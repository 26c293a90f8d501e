"""The tables of AWS's pages about alarms and missing data, row by row.

'Configuring how CloudWatch alarms treat missing data':
https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html
"""

from __future__ import annotations

import pytest

from local.gaps.cloudwatch.alarm_states import Point, Rule, verdict

INSUFFICIENT, KEPT = "INSUFFICIENT_DATA", None
TREATMENTS = ("missing", "ignore", "breaching", "notBreaching")
Row = tuple[str | None, str | None, str | None, str | None]
ALARM: Row = ("ALARM", "ALARM", "ALARM", "ALARM")
OK: Row = ("OK", "OK", "OK", "OK")

# The five newest data points, the newest on the right: X breaches, 0 does not, - is missing.
THREE_OF_THREE: dict[str, Row] = {
    "0 - X - X": OK,
    "0 - - - -": OK,
    "- - - - -": (INSUFFICIENT, KEPT, "ALARM", "OK"),
    "0 X X - X": ALARM,
    "- - X - -": ("ALARM", KEPT, "ALARM", "OK"),
    "- - - - X": (INSUFFICIENT, KEPT, "ALARM", "OK"),
    "- - - X -": (INSUFFICIENT, KEPT, "ALARM", "OK"),
    "X X 0 X X": OK,
    "X 0 X X X": ALARM,
}
TWO_OF_THREE: dict[str, Row] = {
    "0 - X - X": ALARM,
    "0 0 X 0 X": ALARM,
    "0 - X - -": ("OK", "OK", "ALARM", "OK"),
    "- - - - 0": ("OK", "OK", "ALARM", "OK"),
    "- - - X -": ("ALARM", KEPT, "ALARM", "OK"),
    "X X 0 0 X": OK,
}
ONE_OF_ONE: dict[str, Row] = {
    "- - X": ALARM,
    "- X 0": OK,
    "X - -": ALARM,
    "- - -": (INSUFFICIENT, KEPT, "ALARM", "OK"),
}
ONE_OF_THREE: dict[str, Row] = {
    "- - - - X": ALARM,
    "0 0 X 0 0": ALARM,
    "X 0 0 0 0": OK,
    "- - - - -": (INSUFFICIENT, KEPT, "ALARM", "OK"),
}
CASES = [
    pytest.param(
        needed, row, treatment, states[at], id=f"{needed[0]}of{needed[1]}:{row}:{treatment}"
    )
    for needed, rows in (
        ((3, 3), THREE_OF_THREE),
        ((2, 3), TWO_OF_THREE),
        ((1, 1), ONE_OF_ONE),
        ((1, 3), ONE_OF_THREE),
    )
    for row, states in rows.items()
    for at, treatment in enumerate(TREATMENTS)
]


@pytest.mark.parametrize(("needed", "row", "treatment", "state"), CASES)
def test_row(needed: tuple[int, int], row: str, treatment: str, state: str | None) -> None:
    values = {"X": 9.0, "0": 1.0, "-": None}
    points = [Point(60 * at, values[sign]) for at, sign in enumerate(row.split())]
    rule = Rule("GreaterThanThreshold", 5, needed[1], needed[0], treatment)
    assert verdict(points, rule).state == state


COMPARISONS = {
    "GreaterThanOrEqualToThreshold": (False, True, True),
    "GreaterThanThreshold": (False, False, True),
    "LessThanThreshold": (True, False, False),
    "LessThanOrEqualToThreshold": (True, True, False),
}


@pytest.mark.parametrize("comparison", COMPARISONS)
def test_comparison(comparison: str) -> None:
    rule = Rule(comparison, 5)
    found = [rule.breaches(Point(0, value)) for value in (4.0, 5.0, 6.0)]
    assert tuple(found) == COMPARISONS[comparison]
