"""Checks of rates and bursts against each other.

Like the references they read the plain values, and pass over what is not of the expected kind.
"""

import math
from collections.abc import Iterator

from gatewright.config.document import Document, Value
from gatewright.config.plain import mapping, number
from gatewright.config.problems import Path, Problem


def limit_problems(document: Document) -> Iterator[Problem]:
    """Yield the problems between limits."""
    yield from _burst_is_not_below_rate(document)


def _burst_is_not_below_rate(document: Document) -> Iterator[Problem]:
    for path, section in _throttles(document):
        rate, burst = number(section, "rate"), number(section, "burst")
        if 0 < burst < rate < math.inf:
            yield document.problem(
                (*path, "burst"),
                f"{burst:g}, below the rate of {rate:g}",
                f"{rate:g} or more: a bucket of fewer requests never reaches the rate",
                "raise burst or lower rate",
            )


def _throttles(document: Document) -> Iterator[tuple[Path, Value]]:
    for service, section in mapping(document.value, "services").items():
        for version, fields in mapping(section, "versions").items():
            path = ("services", service, "versions", version, "throttle")
            yield path, mapping(fields, "throttle")
    for name, plan in mapping(document.value, "plans").items():
        yield ("plans", name), plan
