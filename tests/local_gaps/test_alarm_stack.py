"""`AWS::CloudWatch::Alarm` in stacks: of a metric and of an expression, changed and deleted.

https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudwatch-alarm.html
"""

from __future__ import annotations

from typing import Any

from tests.local_gaps.judged import metrics, put, shown
from tests.local_gaps.running import Aws

NAMES = [{"Name": "of", "Value": "one"}]
OF_METRIC = {
    "AlarmName": "stacked-metric",
    "Namespace": "judged",
    "MetricName": "stacked",
    "Dimensions": NAMES,
    "ExtendedStatistic": "p99",
    "EvaluateLowSampleCountPercentile": "evaluate",
    "Period": 60,
    "EvaluationPeriods": 3,
    "DatapointsToAlarm": 1,
    "Threshold": 5,
    "ComparisonOperator": "GreaterThanThreshold",
    "TreatMissingData": "notBreaching",
}
OF_EXPRESSION: dict[str, Any] = {
    "AlarmName": "stacked-expression",
    "Metrics": metrics("100 * errors / requests", "stacked-errors", "stacked-requests"),
    "EvaluationPeriods": 1,
    "Threshold": 5,
    "ComparisonOperator": "GreaterThanThreshold",
    "TreatMissingData": "notBreaching",
}


def resources(*alarms: dict[str, Any]) -> dict[str, Any]:
    return {
        f"Alarm{number}": {"Type": "AWS::CloudWatch::Alarm", "Properties": properties}
        for number, properties in enumerate(alarms)
    }


def test_made_changed_and_deleted(aws: Aws) -> None:
    put(aws, "stacked", {0: [9]})
    put(aws, "stacked-errors", {0: [3]})
    put(aws, "stacked-requests", {0: [40]})
    made = aws.stack("alarms", resources(OF_METRIC, OF_EXPRESSION))
    assert made.status == "CREATE_COMPLETE", made.reasons
    metric = shown(aws, "stacked-metric")
    for name, value in OF_METRIC.items():
        assert metric[name] == value
    assert "Statistic" not in metric
    assert metric["StateValue"] == "ALARM"
    expression = shown(aws, "stacked-expression")
    assert expression["Metrics"] == OF_EXPRESSION["Metrics"]
    assert "[7.5 (" in expression["StateReason"]
    changed = {**OF_EXPRESSION, "Threshold": 10}
    changed["Metrics"] = metrics("errors / requests", "stacked-errors", "stacked-requests")
    made = aws.stack("alarms", resources(OF_METRIC, changed), update=True)
    assert made.status == "UPDATE_COMPLETE", made.reasons
    expression = shown(aws, "stacked-expression")
    assert (expression["StateValue"], expression["Threshold"]) == ("OK", 10)
    assert "[0.075 (" in expression["StateReason"]
    aws.stack("alarms", resources(OF_METRIC), update=True)
    names = aws.client("cloudwatch").describe_alarms(AlarmNamePrefix="stacked")["MetricAlarms"]
    assert [each["AlarmName"] for each in names] == ["stacked-metric"]


def test_from_an_expression_to_a_metric_and_back(aws: Aws) -> None:
    first, second = (
        {**properties, "AlarmName": "turned"} for properties in (OF_EXPRESSION, OF_METRIC)
    )
    for number, properties in enumerate((first, second, first)):
        made = aws.stack("alarms-turned", resources(properties), update=number > 0)
        assert made.status.endswith("_COMPLETE"), made.reasons
        assert "ROLLBACK" not in made.status
        found = shown(aws, "turned")
        assert ("Metrics" in found, "MetricName" in found) == (
            "Metrics" in properties,
            "MetricName" in properties,
        )


def test_a_wrong_one_fails(aws: Aws) -> None:
    wrong = {**OF_EXPRESSION, "AlarmName": "wrong"}
    wrong["Metrics"] = [{**each, "ReturnData": True} for each in OF_EXPRESSION["Metrics"]]
    made = aws.stack("alarms-wrong", resources(wrong))
    assert made.status == "ROLLBACK_COMPLETE"
    assert "Exactly one element of the metrics list should return data" in made.reasons
