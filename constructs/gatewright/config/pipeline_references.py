"""Checks of the section `pipeline` against the rest of the file, and of its alternatives."""

from collections.abc import Iterator

from gatewright.config.document import Document, Value
from gatewright.config.plain import get, mapping, names, number
from gatewright.config.problems import Path, Problem
from gatewright.nearest import did_you_mean

_CALLBACK_MINUTES = 60
_SOURCES = ("connection", "codecommit", "bucket")


def pipeline_problems(document: Document) -> Iterator[Problem]:
    """Yield the problems of `pipeline`, if there is one."""
    pipeline = mapping(document.value, "pipeline")
    if not pipeline:
        return
    yield from _one_source(document, get(pipeline, "source"))
    yield from _one_kind_of_index(document, mapping(pipeline, "sdks"))
    yield from _each_environment_once(document, pipeline)
    for name, wave in mapping(pipeline, "waves").items():
        yield from _environments_or_approval(document, ("pipeline", "waves", name), wave)
        yield from _keys_are_offered(document, ("pipeline", "waves", name), wave)
        yield from _callbacks_are_in_time(document, ("pipeline", "waves", name), wave)


def _one_source(document: Document, source: Value) -> Iterator[Problem]:
    if not isinstance(source, dict):
        return
    found = [name for name in _SOURCES if name in source]
    if len(found) != 1:
        said = " and ".join(found) or "none of them"
        remedy = "keep one of them" if found else "add one of them"
        allowed = f"exactly one of {', '.join(_SOURCES)}"
        yield document.problem(("pipeline", "source"), said, allowed, remedy, at_name=True)


def _one_kind_of_index(document: Document, sdks: dict[str, Value]) -> Iterator[Problem]:
    if "codeartifact" in sdks and "indexes" in sdks:
        path = ("pipeline", "sdks", "indexes")
        allowed = "either codeartifact or indexes"
        yield document.problem(path, "both", allowed, "keep one of them", at_name=True)


def _environments_or_approval(document: Document, path: Path, wave: Value) -> Iterator[Problem]:
    if not isinstance(wave, dict):
        return
    deploys, asks = bool(get(wave, "environments")), "approval" in wave
    allowed = "either environments or an approval"
    if deploys and asks:
        remedy = "move the approval to a wave of its own: what fails beside a deployment undoes it"
        yield document.problem((*path, "approval"), "both", allowed, remedy, at_name=True)
    elif not deploys and not asks:
        remedy = "add 'environments: [...]' or 'approval: {}'"
        yield document.problem(path, "neither", allowed, remedy, at_name=True)
    elif asks and mapping(wave, "checks"):
        found, remedy = "checks, with nothing deployed", "move them to the wave that deploys"
        yield document.problem((*path, "checks"), found, allowed, remedy, at_name=True)


def _each_environment_once(document: Document, pipeline: dict[str, Value]) -> Iterator[Problem]:
    environments = mapping(document.value, "environments")
    owners: dict[str, str] = {}
    for wave, fields in mapping(pipeline, "waves").items():
        for index, name in names(fields, "environments"):
            path = ("pipeline", "waves", wave, "environments", index)
            if name not in environments:
                remedy = did_you_mean(name, environments) or "declare it under environments"
                yield document.problem(path, repr(name), ", ".join(environments), remedy)
            elif name in owners:
                found = f"{name!r}, which wave {owners[name]!r} deploys"
                yield document.problem(path, found, "each environment once", "remove it")
            elif get(environments[name], "build_for") == "host":
                found = f"{name!r}, whose functions are bundled for this machine"
                remedy = f"remove 'build_for: host' from environments.{name}"
                yield document.problem(path, found, "environments built for lambda", remedy)
            owners.setdefault(name, wave)


def _keys_are_offered(document: Document, path: Path, wave: Value) -> Iterator[Problem]:
    """The key of a check must exist where the check runs."""
    keys = mapping(document.value, "keys")
    environments = mapping(document.value, "environments")
    for check, fields in mapping(wave, "checks").items():
        name = get(fields, "key")
        if not isinstance(name, str):
            continue
        here = (*path, "checks", check, "key")
        if name not in keys:
            remedy = did_you_mean(name, keys) or "declare it under keys"
            allowed = ", ".join(keys) or "nothing: the file declares no keys"
            yield document.problem(here, repr(name), allowed, remedy)
            continue
        if get(keys[name], "enabled") is False:
            remedy = f"enable keys.{name}, or use another one"
            yield document.problem(here, f"{name!r}, which is disabled", "an enabled key", remedy)
        plans = {plan for _, plan in names(keys[name], "plans")}
        for _, environment in names(wave, "environments"):
            offered = {plan for _, plan in names(environments.get(environment), "plans")}
            if environment in environments and not plans & offered:
                found = f"{name!r}, on no plan that {environment} offers"
                allowed = f"a key on one of {', '.join(sorted(offered)) or 'its plans (none yet)'}"
                remedy = f"add {' or '.join(sorted(plans))} to environments.{environment}.plans"
                yield document.problem(here, found, allowed, remedy)


def _callbacks_are_in_time(document: Document, path: Path, wave: Value) -> Iterator[Problem]:
    """The address that a service calls back at is good for an hour."""
    check = mapping(mapping(wave, "checks"), "third_party")
    minutes = number(check, "minutes")
    if get(check, "mode") == "callback" and minutes > _CALLBACK_MINUTES:
        here = (*path, "checks", "third_party", "minutes")
        allowed = f"at most {_CALLBACK_MINUTES} minutes with mode callback"
        remedy = f"write {_CALLBACK_MINUTES} or less, or mode: poll"
        yield document.problem(here, f"{minutes:g}", allowed, remedy)
