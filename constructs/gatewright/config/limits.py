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
    yield from _methods_are_not_above_their_plan(document)


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
            for stage, of_stage in mapping(fields, "stages").items():
                yield (*path[:-1], "stages", stage, "throttle"), mapping(of_stage, "throttle")
    for name, plan in mapping(document.value, "plans").items():
        yield ("plans", name), plan
        yield from method_limits(name, plan)


def method_limits(name: str, plan: Value) -> Iterator[tuple[Path, Value]]:
    """Yield each limit of a single operation in a plan."""
    for api, limits in mapping(plan, "methods").items():
        for operation, limit in (limits if isinstance(limits, dict) else {}).items():
            yield ("plans", name, "methods", api, operation), limit


def _methods_are_not_above_their_plan(document: Document) -> Iterator[Problem]:
    """AWS applies both limits of a key: a method's above its plan's would never be reached."""
    for name, plan in mapping(document.value, "plans").items():
        for path, limit in method_limits(name, plan):
            for field in ("rate", "burst"):
                most = number(plan, field)
                if most < number(limit, field) < math.inf:
                    yield document.problem(
                        (*path, field),
                        f"{number(limit, field):g}, above the plan's {field} of {most:g}",
                        f"{most:g} or less: the plan's {field} holds for all operations together",
                        f"lower it, or raise plans.{name}.{field}",
                    )
