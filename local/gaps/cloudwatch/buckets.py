"""The statistics of a metric by period, over what services sent and what users put.

https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Statistics-definitions.html
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from local.gaps.cloudwatch import store

BASIC = ("SampleCount", "Sum", "Average", "Minimum", "Maximum")

# Of a metric that is put: SampleCount, Sum, Minimum and Maximum of a published statistic set.
Set = tuple[float, float, float, float]


@dataclass
class Bucket:
    """What a metric was in one period: its values with how often, and published statistic sets."""

    values: dict[float, float] = field(default_factory=dict)
    sets: list[Set] = field(default_factory=list)

    def add(self, value: float, count: float) -> None:
        """Add a value that was seen so often."""
        self.values[value] = self.values.get(value, 0) + count

    @property
    def sample_count(self) -> float:
        """How many values there were."""
        return float(sum(self.values.values()) + sum(each[0] for each in self.sets))

    def statistic(self, name: str) -> float | None:
        """A statistic by its name in CloudWatch, such as `Sum` or `p99`; None where there is none.

        A percentile is one of values only. ValueError for a name that is not known here.
        """
        if _percent(name) is not None:
            return self._percentile(_percent(name) or 0.0)
        if name not in BASIC:
            raise ValueError(f"The value {name} for parameter Stat is not supported.")
        count = self.sample_count
        if not count:
            return None
        total = sum(value * times for value, times in self.values.items())
        total += sum(each[1] for each in self.sets)
        lows = [*self.values, *(each[2] for each in self.sets)]
        highs = [*self.values, *(each[3] for each in self.sets)]
        found = (count, total, total / count, min(lows), max(highs))
        return float(dict(zip(BASIC, found, strict=True))[name])

    def _percentile(self, percent: float) -> float | None:
        from ministack.services import cloudwatch

        samples = dict(self.values)
        for count, total, low, high in self.sets:
            if low != high or total != low * count:
                return None
            samples[low] = samples.get(low, 0) + count
        if not samples or min(samples) < 0:
            return None
        return float(cloudwatch._percentile(list(samples.items()), percent))


def is_percentile(name: str) -> bool:
    """Whether a statistic is one such as `p99` or `p99.9`."""
    return _percent(name) is not None


def _percent(name: str) -> float | None:
    digits = name[1:]
    if name[:1] not in ("p", "P") or not digits.replace(".", "", 1).isdigit():
        return None
    return float(digits) if float(digits) <= 100 else None


@dataclass(frozen=True)
class Query:
    """A metric of the caller's account and region, cut into periods of so many seconds."""

    namespace: str
    name: str
    dimensions: store.Dimensions
    period: int

    @classmethod
    def of(cls, metric: Mapping[str, Any], period: Any) -> Query:
        """From the `Metric` of a request, which may have come without dimensions."""
        given = {each["Name"]: each.get("Value", "") for each in metric.get("Dimensions") or []}
        return cls(
            str(metric.get("Namespace") or ""),
            str(metric.get("MetricName") or ""),
            store.dimensions(given),
            max(1, int(period or 60)),
        )


def buckets(query: Query, start: float, end: float) -> dict[int, Bucket]:
    """The periods with values that begin from `start` until before `end`, by their beginning."""
    found: dict[int, Bucket] = {}
    for second, value, count in _sent(query, start, end):
        found.setdefault(second - second % query.period, Bucket()).add(value, count)
    for when, bucket_of in _put(query, start, end):
        begins = int(when // query.period) * query.period
        bucket_of(found.setdefault(begins, Bucket()))
    return dict(sorted(found.items()))


def _sent(query: Query, start: float, end: float) -> Iterator[tuple[int, float, int]]:
    from ministack.core.responses import get_account_id, get_region

    place = (get_account_id(), get_region(), query.namespace, query.name)
    series = store.series_of(store.Metric(*place, query.dimensions))
    if series is not None:
        for second, values in series.between(start, end).items():
            for value, count in values.items():
                yield second, value, count


def _put(query: Query, start: float, end: float) -> Iterator[tuple[float, Any]]:
    """When each point was that users put, and what adds it to a bucket."""
    from ministack.services import cloudwatch

    key = cloudwatch._dims_key(dict(query.dimensions))
    for point in list(cloudwatch._metrics.get((query.namespace, query.name, key)) or []):
        if start <= point["Timestamp"] < end:
            yield point["Timestamp"], _adding(point)


def _adding(point: Mapping[str, Any]) -> Any:
    published = point.get("_stat")
    if published is None:
        value, count = float(point["Value"]), float(point.get("Count", 1))
        return lambda bucket: bucket.add(value, count)
    names = ("SampleCount", "Sum", "Minimum", "Maximum")
    numbers = tuple(float(published.get(name, 0)) for name in names)
    return lambda bucket: bucket.sets.append(numbers)
