"""Expressions of metric math, and what they result in.

'Using math expressions with CloudWatch metrics':
https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html
"""

from __future__ import annotations

import pytest

from local.gaps.cloudwatch.formula import calculated
from local.gaps.cloudwatch.formula_functions import Data
from local.gaps.cloudwatch.formula_values import FormulaError, TimeSeries, Value

NONE = None
PERIOD = 60
Numbers = list[float | None]


def series(*values: float | None) -> TimeSeries:
    """One value for each period from 0 on; None is a period without."""
    return {PERIOD * at: value for at, value in enumerate(values) if value is not None}


# As the page has them: metric1 and metric2 of the operators, and those of IF.
VALUES: dict[str, Value] = {
    "errors": series(1, 0, 3, NONE),
    "requests": series(10, 20, 0, NONE),
    "metric1": series(30, 20, 0, 0),
    "metric2": series(20, NONE, 20, NONE),
    "flag": series(1, 1, 0, 0, NONE),
    "yes": series(30, NONE, 0, 0, 30),
    "no": series(0, 0, 20, NONE, 20),
    "e1": series(1, 1),
}
METRICS = [name for name in VALUES if name != "e1"]
DATA = Data(VALUES, METRICS, [0, 60, 120, 180, 240], PERIOD)

RESULTS: dict[str, Numbers] = {
    "errors": [1, 0, 3],
    "100 * errors / requests": [10, 0],
    "100*(errors/requests)": [10, 0],
    "errors - requests": [-9, -20, 3],
    "-errors": [-1, 0, -3],
    "2 + errors * 2 ^ 2 ^ 1": [6, 2, 14],
    "10 - 4 - errors": [5, 6, 3],
    "metric1 - metric2": [10, 20, -20, 0],
    "metric1 < metric2": [0, 0, 1, 0],
    "metric1 >= 30": [1, 0, 0, 0],
    "metric1 > 15 AND metric2 > 15": [1, 0, 0, 0],
    "metric1 > 15 || metric2 > 15": [1, 1, 1, 0],
    "IF(flag, yes, no)": [30, 0, 20],
    "IF(flag, 5, no)": [5, 5, 20],
    "IF(flag, yes, 5)": [30, 0, 5, 5],
    "IF(metric1 < 10, metric1)": [NONE, NONE, 0, 0],
    "IF(requests > 0, 100 * errors / requests, 0)": [10, 0, 0],
    "IF(errors > 0, 1, 0)": [1, 0, 1],
    "IF(1, errors, requests)": [1, 0, 3],
    "FILL(errors, 0)": [1, 0, 3, 0, 0],
    "FILL(metric2, REPEAT)": [20, 20, 20, 20, 20],
    "100 * FILL(errors, 0) / FILL(requests, 1)": [10, 0, NONE, 0, 0],
    "SUM([errors, requests])": [11, 20, 3],
    "SUM(METRICS('metric'))": [50, 20, 20, 0],
    'SUM(METRICS("requests")) * 2': [20, 40, 0],
    "errors / SUM(errors)": [0.25, 0, 0.75],
    "errors - AVG(errors)": [1 - 4 / 3, -4 / 3, 3 - 4 / 3],
    "MAX([errors, requests])": [10, 20, 3],
    "MIN([errors, metric1])": [1, 0, 0, 0],
    "requests / PERIOD(requests)": [10 / 60, 20 / 60, 0],
    "RATE(requests)": [NONE, 10 / 60, -20 / 60],
    "DIFF(requests)": [NONE, 10, -20],
    "RUNNING_SUM(errors)": [1, 1, 4],
    "ABS(errors - requests)": [9, 20, 3],
    "CEIL(errors / 2)": [1, 0, 2],
    "TIME_SERIES(7)": [7, 7, 7, 7, 7],
    "e1 + errors": [2, 1, 3],
    "LOG10(requests)": [1, 1.3010299956639813],
}

REFUSED = {
    "missing + 1": "'missing' is not in the request",
    "1 + 1": "results in a number alone",
    "SUM(errors)": "results in a number alone",
    "SEARCH('x', 'Sum', 60)": "SEARCH is no function",
    "errors +": "unexpected",
    "errors requests": "unexpected 'requests'",
    "(errors": "')' expected",
    "errors $ 2": "Unexpected",
    "[errors, requests] + [errors]": "two lists of as many",
    "SUM(errors, requests)": "Error in expression",
}


@pytest.mark.parametrize("expression", RESULTS)
def test_result(expression: str) -> None:
    (found,) = calculated(expression, DATA)
    assert found == pytest.approx(series(*RESULTS[expression]))


def test_a_list_of_series() -> None:
    assert calculated("[errors, e1] * 2", DATA) == [series(2, 0, 6), series(2, 2)]


@pytest.mark.parametrize("expression", REFUSED)
def test_refused(expression: str) -> None:
    with pytest.raises(FormulaError, match=r".") as refused:
        calculated(expression, DATA)
    assert REFUSED[expression] in str(refused.value)
