"""Checks of an environment's canary that look at several of its fields."""

from collections.abc import Iterator
from itertools import pairwise

from gatewright.config.document import Document, Value
from gatewright.config.plain import get, mapping, number
from gatewright.config.problems import Path, Problem

# CloudFormation gives up on a custom resource after an hour; what remains is for the start, the
# alarms of an earlier canary to turn, and the end.
# https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudformation-customresource.html
MOST_SECONDS = 3000
_EMBEDDED = "000000000000"
_API_GATEWAYS_PERIOD = 60
_DEFAULT_STEPS: Value = (10, 50)


def release_problems(document: Document) -> Iterator[Problem]:
    """Yield a problem for each canary that could not be carried out or judged."""
    for name, environment in mapping(document.value, "environments").items():
        canary = mapping(environment, "release").get("canary")
        path: Path = ("environments", name, "release", "canary")
        if isinstance(canary, dict):
            yield from _steps_rise(document, path, canary)
            yield from _bakes_fit(document, path, canary)
            yield from _bakes_are_judged(document, path, canary)
            yield from _period_is_reported(document, path, canary, get(environment, "account"))


def _numbers(value: Value) -> list[float]:
    items = value if isinstance(value, tuple) else (value,)
    return [n for n in items if isinstance(n, int | float) and not isinstance(n, bool)]


def _steps(canary: dict[str, Value]) -> list[float]:
    return _numbers(canary.get("steps", _DEFAULT_STEPS))


def _steps_rise(document: Document, path: Path, canary: dict[str, Value]) -> Iterator[Problem]:
    steps = _steps(canary)
    if any(later <= earlier for earlier, later in pairwise(steps)):
        found = f"{', '.join(f'{step:g}' for step in steps)}, which does not rise"
        remedy = "order them from the smallest share to the largest, each once"
        yield document.problem((*path, "steps"), found, "shares that rise, such as 10, 50", remedy)


def _bakes_fit(document: Document, path: Path, canary: dict[str, Value]) -> Iterator[Problem]:
    given, steps = canary.get("bake_seconds", 300), _steps(canary)
    bakes = _numbers(given)
    place = (*path, "bake_seconds" if "bake_seconds" in canary else "steps")
    if isinstance(given, tuple) and len(bakes) != len(steps):
        found, allowed = f"{len(bakes)} times for {len(steps)} steps", "one time for each step"
        yield document.problem(place, found, allowed, "write as many, or one number for all")
        return
    total = sum(bakes) if isinstance(given, tuple) else sum(bakes) * len(steps)
    if total > MOST_SECONDS:
        yield document.problem(
            place,
            f"{total:g} seconds over all steps",
            f"at most {MOST_SECONDS}: CloudFormation waits an hour for a resource",
            "shorten them; to watch for longer, keep a stage of its own for it (docs/guides/"
            "stages.md) and promote by `make promote`",
        )


def _bakes_are_judged(
    document: Document, path: Path, canary: dict[str, Value]
) -> Iterator[Problem]:
    # Alarms judge whole periods: within less than one, a step could pass without their word.
    period, shortest = _period(canary), min(_numbers(canary.get("bake_seconds", 300)), default=0)
    if 0 < shortest < period:
        yield document.problem(
            (*path, "bake_seconds"),
            f"{shortest:g} seconds, with alarms of {period:g}",
            f"at least {period:g}: alarms judge whole periods",
            "bake for longer; three periods or more are advised (docs/guides/releases.md)",
        )


def _period(canary: dict[str, Value]) -> float:
    return number(canary, "period_seconds") if "period_seconds" in canary else _API_GATEWAYS_PERIOD


def _period_is_reported(
    document: Document, path: Path, canary: dict[str, Value], account: Value
) -> Iterator[Problem]:
    period = _period(canary)
    if period < _API_GATEWAYS_PERIOD and account != _EMBEDDED:
        yield document.problem(
            (*path, "period_seconds"),
            f"{period:g} in account {account}",
            "60 or more: API Gateway reports its metrics each minute",
            f"write 60; less is for the embedded AWS, whose account is {_EMBEDDED}",
        )
