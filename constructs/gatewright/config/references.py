"""Checks that look at several sections at once.

They read the plain values, so that they report even where another section is wrong; what is not
of the expected kind is passed over here, since the check of the sections has said so.
"""

import re
from collections.abc import Iterator

from gatewright.config.document import Document, Value
from gatewright.config.plain import mapping, names
from gatewright.config.problems import Path, Problem
from gatewright.config.stage_references import DEFAULT_STAGE, covered_stages, stages_of
from gatewright.nearest import did_you_mean, nearest


def reference_problems(document: Document) -> Iterator[Problem]:
    """Yield the problems between sections."""
    yield from _plans_name_known_apis(document)
    yield from _methods_are_of_the_plans_apis(document)
    yield from _plans_are_known(document, "environments")
    yield from _plans_are_known(document, "keys")
    yield from _versions_name_known_tables(document)
    yield from _keys_have_one_plan_for_each_api(document)
    yield from _stack_names_are_unique(document)


def _plans_name_known_apis(document: Document) -> Iterator[Problem]:
    services = mapping(document.value, "services")
    apis = [
        name
        for service, section in services.items()
        for version, fields in mapping(section, "versions").items()
        for name in _names_of(f"{service}-{version}", fields)
    ]
    if not apis:
        return  # the missing services are the problem, not each plan that names one
    for name, plan in mapping(document.value, "plans").items():
        yield from _known_names(document, ("plans", name, "apis"), names(plan, "apis"), apis)


def _names_of(api: str, version: Value) -> list[str]:
    """How a plan may name an API: with a stage where it has several."""
    stages = stages_of(version) if mapping(version, "stages") else []
    return [api, *(f"{api}:{stage}" for stage in stages)]


def _methods_are_of_the_plans_apis(document: Document) -> Iterator[Problem]:
    for name, plan in mapping(document.value, "plans").items():
        covered = list(dict.fromkeys(api.partition(":")[0] for _, api in names(plan, "apis")))
        for api in mapping(plan, "methods"):
            if covered and api not in covered and _WELL_NAMED["apis"].fullmatch(api):
                path = ("plans", name, "methods", api)
                remedy = did_you_mean(api, covered) or f"add it to plans.{name}.apis"
                found = f"{api!r}, which the plan does not cover"
                yield document.problem(path, found, ", ".join(covered), remedy, at_name=True)


def _plans_are_known(document: Document, users: str) -> Iterator[Problem]:
    plans = list(mapping(document.value, "plans"))
    for name, section in mapping(document.value, users).items():
        path = (users, name, "plans")
        yield from _known_names(document, path, names(section, "plans"), plans)


def _versions_name_known_tables(document: Document) -> Iterator[Problem]:
    for service, section in mapping(document.value, "services").items():
        known = list(mapping(section, "tables"))
        for version, fields in mapping(section, "versions").items():
            for name in mapping(fields, "tables"):
                if name in known:
                    continue
                path = ("services", service, "versions", version, "tables", name)
                allowed = ", ".join(known) or f"nothing: service '{service}' declares no tables"
                remedy = did_you_mean(name, known)
                remedy = remedy or f"declare it under services.{service}.tables"
                yield document.problem(path, f"'{name}'", allowed, remedy, at_name=True)


def _known_names(
    document: Document, path: tuple[str, ...], found: list[tuple[int, str]], known: list[str]
) -> Iterator[Problem]:
    seen: set[str] = set()
    for index, name in found:
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
    "apis": re.compile(r"[a-z][a-z0-9-]*-v[0-9]{1,3}(?::[a-z0-9_-]+)?"),
    "plans": re.compile(r"[a-z][a-z0-9-]*"),
}


def _keys_have_one_plan_for_each_api(document: Document) -> Iterator[Problem]:
    """AWS, "Usage plans and API keys for REST APIs": a key is on one plan for each API stage."""
    plans = mapping(document.value, "plans")
    for key, section in mapping(document.value, "keys").items():
        owners: dict[str, str] = {}
        for index, plan in names(section, "plans"):
            entries = [entry for _, entry in names(plans.get(plan), "apis")]
            for stage in (stage for entry in entries for stage in covered_stages(document, entry)):
                owner = owners.setdefault(stage, plan)
                if owner != plan:
                    found = f"{plan!r}, which covers {_shown(stage)} as {owner!r} does"
                    allowed = "plans without a common API: AWS puts a key on one plan for each"
                    remedy = "remove one of the plans, or make a key for each"
                    yield document.problem(("keys", key, "plans", index), found, allowed, remedy)
                    break


def _shown(stage: str) -> str:
    return stage.removesuffix(f":{DEFAULT_STAGE}")


def _stack_names_are_unique(document: Document) -> Iterator[Problem]:
    """Hyphens in names can meet: environment a-b with service c, and a with b-c."""
    owners: dict[str, tuple[str, str]] = {}
    for environment in mapping(document.value, "environments"):
        for service in mapping(document.value, "services"):
            owner = owners.setdefault(f"{environment}-{service}", (environment, service))
            if owner != (environment, service):
                found = (
                    f"stacks '{environment}-{service}-...' of service '{service}' here, and of "
                    f"service '{owner[1]}' in environment '{owner[0]}'"
                )
                path = ("environments", environment)
                remedy = "rename the environment or a service"
                yield document.problem(path, found, "stack names of one", remedy, at_name=True)
