"""How many values of a metric are kept, and how finely.

'Metrics retention' of 'Metrics concepts', of which the embedded AWS keeps the finest least long:
https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch_concepts.html
"""

from __future__ import annotations

from local.gaps.cloudwatch.buckets import Bucket
from local.gaps.cloudwatch.series import MINUTES, SECONDS, Series

START = 1_700_000_000 // 60 * 60


def total(series: Series, start: int, end: int) -> int:
    return sum(sum(values.values()) for values in series.between(start, end).values())


def test_a_long_load_takes_little_and_loses_none_of_the_last_hours() -> None:
    series = Series("Count")
    hours = 20 * 3600
    for second in range(START, START + hours):
        for value in (1.0, 2.0, 2.0):
            series.add(second, value)
    assert len(series.slots) <= SECONDS + MINUTES + 300
    end = START + hours
    for ago in (60, 3600, 11 * 3600):
        assert total(series, end - ago, end - ago + 60) == 3 * 60
    assert total(series, end - 7, end - 6) == 3
    assert total(series, START, START + 3600) == 0


def test_old_values_are_kept_with_two_digits() -> None:
    """A minute has as few different ones as that, however many requests it had."""
    series = Series("Milliseconds")
    for milliseconds in range(10_000):
        series.add(START, float(milliseconds))
    series.compact(START + 2 * SECONDS)
    (minute,) = series.slots.values()
    assert len(minute) <= 300
    assert sum(minute.values()) == 10_000
    bucket = Bucket()
    for value, count in minute.items():
        bucket.add(value, count)
    p99 = bucket.statistic("p99")
    assert p99 is not None
    assert abs(p99 - 9900) <= 100


def test_what_is_put_together_does_not_move_to_another_minute() -> None:
    series = Series("Count")
    for second in range(600):
        series.add(START + second, 1.0)
    before = [total(series, START + at, START + at + 60) for at in range(0, 600, 60)]
    series.compact(START + 500)
    assert [total(series, START + at, START + at + 60) for at in range(0, 600, 60)] == before
