"""Checks that look at several sections at once.

They read the plain values, so that they report even where another section is wrong; what is not
of the expected kind is passed over here, since the check of the sections has said so.
"""

import math
import re
from collections.abc import Iterator

from gatewright.config.document import Document, Value
from gatewright.config.problems import Path, Problem
from gatewright.nearest import did_you_mean, nearest


def reference_problems(document: Document) -> Iterator[Problem]:
    """Yield the problems between sections."""
    yield from _plans_name_known_apis(document)
    yield from _environments_name_known_plans(document)
    yield from _versions_name_known_tables(document)
    yield from _burst_is_not_below_rate(document)
    yield from _key_names_are_unique(document)
    yield from _stack_names_are_unique(document)


def _plans_name_known_apis(document: Document) -> Iterator[Problem]:
    services = _mapping(document.value, "services")
    apis = [
        f"{service}-{version}"
        for service, section in services.items()
        for version in _mapping(section, "versions")
    ]
    if not apis:
        return  # the missing services are the problem, not each plan that names one
    for name, plan in _mapping(document.value, "plans").items():
        yield from _known_names(document, ("plans", name, "apis"), _get(plan, "apis"), apis)


def _environments_name_known_plans(document: Document) -> Iterator[Problem]:
    plans = list(_mapping(document.value, "plans"))
    for name, environment in _mapping(document.value, "environments").items():
        path = ("environments", name, "plans")
        yield from _known_names(document, path, _get(environment, "plans"), plans)


def _versions_name_known_tables(document: Document) -> Iterator[Problem]:
    for service, section in _mapping(document.value, "services").items():
        known = list(_mapping(section, "tables"))
        for version, fields in _mapping(section, "versions").items():
            for name in _mapping(fields, "tables"):
                if name in known:
                    continue
                path = ("services", service, "versions", version, "tables", name)
                allowed = ", ".join(known) or f"nothing: service '{service}' declares no tables"
                remedy = did_you_mean(name, known)
                remedy = remedy or f"declare it under services.{service}.tables"
                yield document.problem(path, f"'{name}'", allowed, remedy, at_name=True)


def _known_names(
    document: Document, path: tuple[str, ...], names: Value, known: list[str]
) -> Iterator[Problem]:
    seen: set[str] = set()
    for index, name in enumerate(names if isinstance(names, tuple) else ()):
        if not isinstance(name, str):
            continue
        here: Path = (*path, index)
        if name not in known:
            guess = nearest(name, known)
            if guess and not _WELL_NAMED[path[-1]].fullmatch(guess):
                continue  # the declaration is what is misspelt, and has been reported
            allowed = ", ".join(sorted(known)) or f"nothing: the file declares no {path[-1]}"
            remedy = did_you_mean(name, known) or f"declare it under {_DECLARED_UNDER[path[-1]]}"
            yield document.problem(here, repr(name), allowed, remedy)
        elif name in seen:
            yield document.problem(here, f"{name!r} again", "each name once", "remove it")
        seen.add(name)


_DECLARED_UNDER = {"apis": "services", "plans": "plans"}
_WELL_NAMED = {
    "apis": re.compile(r"[a-z][a-z0-9-]*-v[0-9]{1,3}"),
    "plans": re.compile(r"[a-z][a-z0-9-]*"),
}


def _burst_is_not_below_rate(document: Document) -> Iterator[Problem]:
    for path, section in _throttles(document):
        rate, burst = _number(section, "rate"), _number(section, "burst")
        if 0 < burst < rate < math.inf:
            yield document.problem(
                (*path, "burst"),
                f"{burst:g}, below the rate of {rate:g}",
                f"{rate:g} or more: a bucket of fewer requests never reaches the rate",
                "raise burst or lower rate",
            )


def _throttles(document: Document) -> Iterator[tuple[Path, Value]]:
    for service, section in _mapping(document.value, "services").items():
        for version, fields in _mapping(section, "versions").items():
            path = ("services", service, "versions", version, "throttle")
            yield path, _mapping(fields, "throttle")
    for name, plan in _mapping(document.value, "plans").items():
        yield ("plans", name), plan


def _key_names_are_unique(document: Document) -> Iterator[Problem]:
    first_plan: dict[str, str] = {}
    for plan, section in _mapping(document.value, "plans").items():
        for key in _mapping(section, "keys"):
            first = first_plan.setdefault(key, plan)
            if first != plan:
                path = ("plans", plan, "keys", key)
                found = f"the key '{key}', which is in plan '{first}' too"
                allowed = "a key name that no other plan uses"
                remedy = f"rename one of them, '{plan}-{key}' for example"
                yield document.problem(path, found, allowed, remedy, at_name=True)


def _stack_names_are_unique(document: Document) -> Iterator[Problem]:
    """Hyphens in names can meet: environment a-b with service c, and a with b-c."""
    owners: dict[str, tuple[str, str]] = {}
    for environment in _mapping(document.value, "environments"):
        for service in _mapping(document.value, "services"):
            owner = owners.setdefault(f"{environment}-{service}", (environment, service))
            if owner != (environment, service):
                found = (
                    f"stacks '{environment}-{service}-...' of service '{service}' here, and of "
                    f"service '{owner[1]}' in environment '{owner[0]}'"
                )
                path = ("environments", environment)
                remedy = "rename the environment or a service"
                yield document.problem(path, found, "stack names of one", remedy, at_name=True)


def _get(value: Value, name: str) -> Value:
    return value.get(name) if isinstance(value, dict) else None


def _number(value: Value, name: str) -> float:
    """Return a number, or one that every comparison with is false."""
    found = _get(value, name)
    if isinstance(found, int | float) and not isinstance(found, bool):
        return found
    return math.nan


def _mapping(value: Value, name: str) -> dict[str, Value]:
    found = _get(value, name)
    return found if isinstance(found, dict) else {}
