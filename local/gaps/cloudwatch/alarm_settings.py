"""What an alarm may be made of besides a metric: an expression over metrics, by either way.

ministack drops `Metrics` of PutMetricAlarm, and refuses those of `AWS::CloudWatch::Alarm`.
https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html
https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudwatch-alarm.html
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from local.gaps.cloudwatch.alarm_states import COMPARISONS
from local.gaps.cloudwatch.alarms import LOW_SAMPLES, held
from local.gaps.cloudwatch.protocols import Call
from local.gaps.patch import PROVISIONERS, Function, Patch

CLOUDWATCH = "ministack.services.cloudwatch"
# What an alarm of a single metric has, and one of an expression has not.
_OF_ONE = ("MetricName", "Namespace", "Statistic", "ExtendedStatistic", "Period", "Dimensions")

Metrics = list[dict[str, Any]]


def put(original: Function) -> Function:
    """Keep the metrics and the expression that are put."""

    def put_metric_alarm(*arguments: Any) -> Any:
        from ministack.services import cloudwatch

        call = Call(*arguments)
        parameters = call.parameters()
        try:
            _check(parameters)
            metrics = normal(parameters.get("Metrics") or [])
        except (ValueError, KeyError, TypeError) as problem:
            return call.refusal("ValidationError", str(problem))
        with held():
            answer = original(*arguments)
        alarm = cloudwatch._alarms.get(parameters.get("AlarmName"))
        if answer[0] < 400 and alarm is not None:
            _complete(alarm, parameters, metrics)
            cloudwatch._evaluate_alarm(alarm)
        return answer

    return put_metric_alarm


def record(original: Function) -> Function:
    """Keep those of a template."""

    def of_properties(name: str, properties: Mapping[str, Any]) -> dict[str, Any]:
        _check(properties)
        metrics = normal(properties.get("Metrics") or [])
        given = {key: value for key, value in properties.items() if key != "Metrics"}
        if metrics:
            given |= {"MetricName": "of an expression", "Namespace": "of an expression"}
        alarm: dict[str, Any] = original(name, given)
        _complete(alarm, properties, metrics)
        return alarm

    return of_properties


def _check(given: Mapping[str, Any]) -> None:
    """ValueError for what the embedded AWS cannot judge."""
    comparison = given.get("ComparisonOperator")
    if comparison is None:
        raise ValueError("The parameter ComparisonOperator is required.")
    if given.get("ThresholdMetricId") or comparison not in COMPARISONS:
        raise ValueError(
            f"The embedded AWS detects no anomalies: ComparisonOperator {comparison} is not known "
            f"to it. It knows {', '.join(COMPARISONS)}, with a Threshold"
        )
    if given.get("Metrics") and given.get("MetricName"):
        raise ValueError("The parameters MetricName and Metrics are mutually exclusive.")


def _complete(alarm: dict[str, Any], given: Mapping[str, Any], metrics: Metrics) -> None:
    if given.get(LOW_SAMPLES):
        alarm[LOW_SAMPLES] = given[LOW_SAMPLES]
    if given.get("ExtendedStatistic"):
        alarm["Statistic"] = None  # an alarm has one or the other
    if metrics:
        for name in _OF_ONE:
            alarm.pop(name, None)
        alarm["Metrics"] = metrics


def normal(metrics: Sequence[Mapping[str, Any]]) -> Metrics:
    """The queries with numbers for numbers, which templates and Query have as texts.

    ValueError unless exactly one of them returns data.
    """
    found = [_normal(each) for each in metrics]
    if found and sum(each["ReturnData"] for each in found) != 1:
        raise ValueError("Exactly one element of the metrics list should return data.")
    return found


def _normal(query: Mapping[str, Any]) -> dict[str, Any]:
    kept = {**query, "ReturnData": str(query.get("ReturnData", True)).lower() == "true"}
    if query.get("Period"):
        kept["Period"] = int(query["Period"])
    if query.get("MetricStat"):
        statistic = query["MetricStat"]
        kept["MetricStat"] = {**statistic, "Period": int(statistic["Period"])}
    return kept


PATCHES = (
    Patch(CLOUDWATCH, "_put_metric_alarm", put),
    Patch(PROVISIONERS, "_cw_metric_alarm_record", record),
)
