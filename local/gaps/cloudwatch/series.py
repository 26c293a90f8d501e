"""One metric that a service sends: how often it had each value, by second and later by minute.

"Data points with a period of less than 60 seconds [...] are available for 3 hours. Data points with
a period of 60 seconds (1 minute) are available for 15 days." Here it is five minutes and twelve
hours, so that a load test takes some megabytes and no more.
https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch_concepts.html
"""

from __future__ import annotations

from dataclasses import dataclass, field

SECONDS = 300  # that are kept one by one
MINUTES = 720  # with values, before those
_SLOTS = SECONDS + MINUTES + 300  # before the old ones are put together

Values = dict[float, int]


@dataclass
class Series:
    """The values of a metric by the second, since 1970, in which they were seen."""

    unit: str
    slots: dict[int, Values] = field(default_factory=dict)

    def add(self, second: int, value: float) -> None:
        """Note a value."""
        slot = self.slots.get(second)
        if slot is None:
            slot = self.slots[second] = {}
            if len(self.slots) > _SLOTS:
                self.compact(second)
                slot = self.slots[second]
        slot[value] = slot.get(value, 0) + 1

    def compact(self, now: int) -> None:
        """Put seconds that are old into their minutes, and drop the oldest minutes."""
        recent = now - SECONDS
        kept = {second: values for second, values in self.slots.items() if second >= recent}
        minutes: dict[int, Values] = {}
        for second in sorted(self.slots):
            if second < recent:
                into = minutes.setdefault(second - second % 60, {})
                for value, count in self.slots[second].items():
                    rounded = float(f"{value:.2g}")
                    into[rounded] = into.get(rounded, 0) + count
        newest = dict(list(minutes.items())[-MINUTES:])
        for second, values in kept.items():
            _merge(newest.setdefault(second, {}), values)
        self.slots = newest

    def between(self, start: float, end: float) -> dict[int, Values]:
        """The values from `start` until before `end`, by second."""
        return {
            second: dict(values)
            for second, values in list(self.slots.items())
            if start <= second < end
        }


def _merge(into: Values, values: Values) -> None:
    for value, count in values.items():
        into[value] = into.get(value, 0) + count
