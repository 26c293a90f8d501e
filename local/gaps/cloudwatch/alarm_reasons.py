"""Why an alarm is in its state, in CloudWatch's words and with its figures.

"Threshold Crossed: 1 out of the last 1 datapoints [6.0 (03/03/26 01:35:00)] was greater than the
threshold (3.0) (minimum 1 datapoint for OK -> ALARM transition)."
https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_MetricAlarm.html
https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch-and-eventbridge.html
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from local.gaps.cloudwatch.alarm_states import ALARM, BREACHING, INSUFFICIENT, Rule, Verdict


def reason(found: Verdict, rule: Rule, old_state: str, *, counts_points: bool) -> str:
    """`StateReason` of a new state. `counts_points`: the alarm has a DatapointsToAlarm."""
    if found.state == INSUFFICIENT:
        number = rule.evaluated - len(found.evaluated)
        return f"Insufficient Data: {_number(number)} {_were(number)} unknown."
    if not found.evaluated:
        periods = f"{rule.evaluated} period{'s' * (rule.evaluated != 1)}"
        missing = _missing(found.filled, rule)
        return f"Threshold Crossed: no datapoints were received for {periods} and {missing}."
    return f"Threshold Crossed: {_crossed(found, rule, old_state, counts_points=counts_points)}."


def _crossed(found: Verdict, rule: Rule, old_state: str, *, counts_points: bool) -> str:
    breaching = found.state == ALARM
    named = [point for point in found.evaluated if rule.breaches(point) == breaching]
    number = len(named)
    which = f"{number} out of the last {rule.evaluated} datapoints"
    figures = ", ".join(f"{point.value} ({_time(point.when)})" for point in named)
    comparison = f"{_were(number)}{'' if breaching else ' not'} {rule.words} the threshold"
    text = f"{which if counts_points else _number(number)} [{figures}] {comparison}"
    text += f" ({rule.threshold})"
    if found.filled and rule.missing in _FILLED:
        text += f" and {_missing(found.filled, rule)}"
    if not counts_points:
        return text
    least = rule.to_alarm if breaching else rule.evaluated - rule.to_alarm + 1
    before = old_state if old_state != INSUFFICIENT else ("OK" if breaching else ALARM)
    return f"{text} (minimum {_number(least)} for {before} -> {found.state} transition)"


_FILLED = {BREACHING: "Breaching", "notBreaching": "NonBreaching"}


def _missing(number: int, rule: Rule) -> str:
    points = f"{number} missing datapoint{'s' * (number != 1)}"
    return f"{points} {_were(number)} treated as [{_FILLED.get(rule.missing, 'Missing')}]"


def _number(number: int) -> str:
    return f"{number} datapoint{'s' * (number != 1)}"


def _were(number: int) -> str:
    return "was" if number == 1 else "were"


def _time(when: int) -> str:
    return datetime.fromtimestamp(when, UTC).strftime("%d/%m/%y %H:%M:%S")


def reason_data(found: Verdict, alarm: Mapping[str, Any], period: int, now: float) -> str:
    """`StateReasonData`: the same figures as JSON. `now` is in seconds since 1970."""
    evaluated = [
        {
            "timestamp": _iso(point.when),
            **({"sampleCount": point.samples} if point.samples is not None else {}),
            "value": point.value,
        }
        for point in found.evaluated
    ]
    statistic = alarm.get("ExtendedStatistic") or alarm.get("Statistic")
    data = {
        "version": "1.0",
        "queryDate": _iso(now),
        **({"startDate": _iso(found.evaluated[-1].when)} if found.evaluated else {}),
        **({"statistic": statistic} if statistic else {}),
        "period": period,
        "recentDatapoints": [point.value for point in reversed(found.evaluated)],
        "threshold": float(alarm.get("Threshold") or 0),
        "evaluatedDatapoints": evaluated,
    }
    return json.dumps(data, separators=(",", ":"))


def _iso(when: float) -> str:
    moment = datetime.fromtimestamp(when, UTC)
    return f"{moment:%Y-%m-%dT%H:%M:%S}.{moment.microsecond // 1000:03d}+0000"
