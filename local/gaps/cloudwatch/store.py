"""The metrics that services send, beside those that users put, which ministack keeps itself.

ministack has a list of every value of two weeks, copies all of it whenever its state is saved, and
reads all of it at each call. Here a value costs its service a microsecond and no memory that grows.
https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/aws-services-cloudwatch-metrics.html
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from local.gaps.cloudwatch.series import Series
from local.gaps.patch import Function, Patch

CLOUDWATCH = "ministack.services.cloudwatch"
SAVED_AS = "series_of_services"

Dimensions = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Metric:
    """What names a metric of an account in a region. The dimensions are in their order by name."""

    account_id: str
    region: str
    namespace: str
    name: str
    dimensions: Dimensions


@dataclass(frozen=True)
class Source:
    """What sends metrics: each of its values counts for every one of these sets of dimensions."""

    account_id: str
    region: str
    namespace: str
    sets: tuple[Dimensions, ...]


MOST_METRICS = 10_000

_series: dict[Metric, Series] = {}
_of_sources: dict[Source, dict[str, list[Series]]] = {}
_lock = threading.Lock()  # functions end on threads


def dimensions(given: Mapping[str, str]) -> Dimensions:
    """Dimensions in the order that tells equal ones to be equal."""
    return tuple(sorted((str(name), str(value)) for name, value in given.items()))


def add(source: Source, units: Mapping[str, str], values: Mapping[str, float], when: float) -> None:
    """Note a value of each of these metrics. `when` is in seconds since 1970."""
    second = int(when)
    with _lock:
        known = _of_sources.setdefault(source, {})
        for name, value in values.items():
            for series in known.get(name) or _made(source, name, units[name]):
                series.add(second, value)


def _made(source: Source, name: str, unit: str) -> list[Series]:
    place = (source.account_id, source.region, source.namespace, name)
    found = [_series.setdefault(Metric(*place, each), Series(unit)) for each in source.sets]
    if len(_series) > MOST_METRICS:
        _of_sources.clear()
        for metric in sorted(_series, key=lambda each: max(_series[each].slots, default=0))[:1000]:
            del _series[metric]
    else:
        _of_sources[source][name] = found
    return found


def series_of(metric: Metric) -> Series | None:
    """The values of a metric, or None when a service has not sent it."""
    return _series.get(metric)


def metrics_of(account_id: str, region: str) -> Iterator[Metric]:
    """The metrics that services have sent there."""
    for metric in list(_series):
        if (metric.account_id, metric.region) == (account_id, region):
            yield metric


def saving(original: Function) -> Function:
    """Save the metrics with the rest of the service."""

    def get_state() -> dict[str, Any]:
        with _lock:
            saved = [
                {
                    "metric": [*_names(metric), [list(pair) for pair in metric.dimensions]],
                    "unit": series.unit,
                    "slots": [
                        [second, [[value, count] for value, count in values.items()]]
                        for second, values in series.slots.items()
                    ],
                }
                for metric, series in _series.items()
            ]
        return {**original(), SAVED_AS: saved}

    return get_state


def _names(metric: Metric) -> list[str]:
    return [metric.account_id, metric.region, metric.namespace, metric.name]


def restoring(original: Function) -> Function:
    """Restore them."""

    def load(data: dict[str, Any]) -> Any:
        for found in (data or {}).get(SAVED_AS, []):
            account, region, namespace, name, pairs = found["metric"]
            named = tuple((key, value) for key, value in pairs)
            metric = Metric(account, region, namespace, name, named)
            slots = {
                second: {float(value): count for value, count in values}
                for second, values in found["slots"]
            }
            _series[metric] = Series(found["unit"], slots)
        return original(data)

    return load


def forgetting(original: Function) -> Function:
    """Drop them when ministack forgets everything."""

    def reset() -> Any:
        with _lock:
            _series.clear()
            _of_sources.clear()
        return original()

    return reset


PATCHES = (
    Patch(CLOUDWATCH, "get_state", saving),
    Patch(CLOUDWATCH, "load_persisted_state", restoring),
    Patch(CLOUDWATCH, "reset", forgetting),
)
