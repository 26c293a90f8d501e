"""Alarms judge their own metric, over whole periods, whenever somebody looks at them.

ministack judges every value of any metric of that name, whatever its dimensions, when a user puts
metrics. Here an alarm is judged when alarms are described or metrics put, on the periods that are
over: a period that goes on may yet have other figures.
https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/AlarmThatSendsEmail.html
https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from local.gaps.cloudwatch import alarm_reasons
from local.gaps.cloudwatch.alarm_states import (
    INSUFFICIENT,
    MORE_POINTS,
    Point,
    Rule,
    Verdict,
    verdict,
)
from local.gaps.cloudwatch.buckets import Query, buckets
from local.gaps.cloudwatch.queries import period_of, results
from local.gaps.gateway_errors import logger
from local.gaps.patch import Function, Patch

CLOUDWATCH = "ministack.services.cloudwatch"
LOW_SAMPLES = "EvaluateLowSampleCountPercentile"

Alarm = dict[str, Any]

_moving = threading.Lock()  # alarms with actions are judged from a thread too
_held: ContextVar[bool] = ContextVar("held", default=False)


@contextmanager
def held() -> Iterator[None]:
    """Judge no alarm meanwhile: one is being made, and not all of its settings are there yet."""
    token = _held.set(True)
    try:
        yield
    finally:
        _held.reset(token)


def judged(_original: Function) -> Function:
    """Replace the evaluation of an alarm: move it to the state that its data points give it."""

    def evaluate(alarm: Alarm) -> None:
        if _held.get():
            return
        try:
            _evaluate(alarm, time.time())
        except ValueError as problem:
            _cannot_be_judged(alarm, problem)

    return evaluate


def _evaluate(alarm: Alarm, now: float) -> None:
    from ministack.services import cloudwatch

    rule, period = Rule.of(alarm), _period(alarm)
    if not (alarm.get("MetricName") or alarm.get("Metrics")):
        return
    points = _points(alarm, rule, period, int(now) - int(now) % period)
    found = verdict(points, rule)
    with _moving:
        old_state = alarm["StateValue"]
        if found.state in (None, old_state) or _is_too_little(alarm, points):
            return
        _move(alarm, found, rule, period, now)
    text, name = alarm["StateReason"], alarm["AlarmName"]
    data = alarm["StateReasonData"]
    cloudwatch._record_history(name, old_state, found.state, text, reason_data=data)
    cloudwatch._dispatch_alarm_actions(alarm, old_state, found.state, text)
    cloudwatch._evaluate_parent_alarms(alarm)


def _move(alarm: Alarm, found: Verdict, rule: Rule, period: int, now: float) -> None:
    counts_points = alarm.get("DatapointsToAlarm") is not None
    text = alarm_reasons.reason(found, rule, alarm["StateValue"], counts_points=counts_points)
    alarm.update(
        StateValue=found.state,
        StateReason=text,
        StateReasonData=alarm_reasons.reason_data(found, alarm, period, now),
        StateUpdatedTimestamp=int(now),
        StateTransitionedTimestamp=int(now),
    )


def _period(alarm: Mapping[str, Any]) -> int:
    metrics = alarm.get("Metrics") or []
    return period_of(_result_of(metrics), metrics) if metrics else int(alarm.get("Period") or 60)


def _result_of(metrics: Sequence[Mapping[str, Any]]) -> Mapping[str, Any]:
    """The one query whose result the alarm watches."""
    returned = [each for each in metrics if each.get("ReturnData", True)]
    return returned[0] if returned else metrics[-1]


def _points(alarm: Mapping[str, Any], rule: Rule, period: int, end: int) -> list[Point]:
    """The data points of the evaluation range, up to the last period that is over."""
    times = range(end - (rule.evaluated + MORE_POINTS) * period, end, period)
    metrics = alarm.get("Metrics")
    if metrics:
        watched = _result_of(metrics)["Id"]
        found = {each.query["Id"]: each for each in results(metrics, times[0], end)}[watched]
        if found.error:
            raise ValueError(found.error)
        series = found.series[0] if found.series else {}
        return [Point(when, series.get(when)) for when in times]
    in_periods = buckets(Query.of(alarm, period), times[0], end)
    name = str(alarm.get("ExtendedStatistic") or alarm.get("Statistic") or "Average")
    return [
        Point(when, bucket.statistic(name), bucket.sample_count)
        if (bucket := in_periods.get(when))
        else Point(when, None)
        for when in times
    ]


def _is_too_little(alarm: Mapping[str, Any], points: list[Point]) -> bool:
    """Whether a percentile is of fewer values than it needs, and the alarm is to wait for more."""
    percentile = str(alarm.get("ExtendedStatistic") or "")
    if alarm.get(LOW_SAMPLES) != "ignore" or not percentile:
        return False
    share = float(percentile[1:]) / 100
    needed = 10 / (1 - share if 0.5 <= share < 1 else share or 1)
    return sum(point.samples or 0 for point in points) < needed


def first(original: Function) -> Function:
    """Evaluate all alarms of the account and region before they are described."""

    def describe(*arguments: Any) -> Any:
        from ministack.services import cloudwatch

        cloudwatch._evaluate_all_alarms()
        return original(*arguments)

    return describe


def _cannot_be_judged(alarm: Alarm, problem: ValueError) -> None:
    """Of a statistic or with an expression that is not known here."""
    text = f"Unchecked: {problem}"
    if alarm.get("StateReason") != text:
        alarm.update(StateValue=INSUFFICIENT, StateReason=text)
        logger.warning("Alarm %s cannot be judged: %s", alarm["AlarmName"], problem)


PATCHES = (
    Patch(CLOUDWATCH, "_evaluate_alarm", judged),
    Patch(CLOUDWATCH, "_describe_alarms", first),
    Patch(CLOUDWATCH, "_describe_alarms_for_metric", first),
    Patch(CLOUDWATCH, "_describe_alarm_history", first),
)
