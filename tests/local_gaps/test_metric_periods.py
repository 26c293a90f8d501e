"""The period of a query: an expression has that of the metrics in it.

https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_MetricDataQuery.html
"""

from typing import Any

from local.gaps.cloudwatch.queries import period_of


def metric(seconds: int) -> dict[str, Any]:
    return {"Id": f"m{seconds}", "MetricStat": {"Period": seconds}}


def test_an_expression_has_the_longest_of_its_metrics() -> None:
    expression = {"Id": "e", "Expression": "m10 + m30"}
    assert period_of(expression, [expression, metric(10), metric(30)]) == 30
    assert period_of(expression, [expression]) == 60


def test_its_own_is_stronger() -> None:
    expression = {"Id": "e", "Expression": "m10", "Period": 120}
    assert period_of(expression, [expression, metric(10)]) == 120
