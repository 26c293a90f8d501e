"""Checks of the stages of a version, and of the plans that name them."""

from collections.abc import Iterator

from gatewright.config.document import Document, Value
from gatewright.config.plain import get, mapping, names
from gatewright.config.problems import Path, Problem

DEFAULT_STAGE = "live"
"""The stage of a version that names none."""


def stage_problems(document: Document) -> Iterator[Problem]:
    """Yield a problem for each list of stages that nothing could be promoted through."""
    for service, section in mapping(document.value, "services").items():
        for version, fields in mapping(section, "versions").items():
            path = ("services", service, "versions", version, "stages")
            yield from _first_takes_every_release(document, path, mapping(fields, "stages"))
            yield from _caches_have_something_to_keep(document, path, fields)
    for name, plan in mapping(document.value, "plans").items():
        yield from _plan_covers_each_stage_once(document, name, plan)


def _first_takes_every_release(
    document: Document, path: Path, stages: dict[str, Value]
) -> Iterator[Problem]:
    first = next(iter(stages), None)
    if first is not None and get(stages[first], "release") == "promoted":
        yield document.problem(
            (*path, first, "release"),
            "'promoted', of the first stage",
            "newest: a release is promoted from the stage before, and there is none",
            "write newest, or put another stage before it",
        )


def _caches_have_something_to_keep(
    document: Document, path: Path, version: Value
) -> Iterator[Problem]:
    for stage, fields in mapping(version, "stages").items():
        if get(fields, "cache") is not None and get(version, "cache") is None:
            found = "a cache of a version that caches nothing"
            remedy = "add 'cache' with its operations to the version, or remove it"
            allowed = "a cache of the version, which the stage changes"
            yield document.problem((*path, stage, "cache"), found, allowed, remedy, at_name=True)


def _plan_covers_each_stage_once(document: Document, name: str, plan: Value) -> Iterator[Problem]:
    """AWS: an API stage is once in a usage plan."""
    entries = names(plan, "apis")
    for index, entry in entries:
        api = entry.partition(":")[0]
        if api != entry and any(other == api for _, other in entries):
            found, remedy = f"{entry!r}, which {api!r} covers", "remove one of them"
            path = ("plans", name, "apis", index)
            yield document.problem(path, found, "each stage once", remedy)


def stages_of(version: Value) -> list[str]:
    """Return the names of a version's stages, in their order."""
    return list(mapping(version, "stages")) or [DEFAULT_STAGE]


def covered_stages(document: Document, entry: str) -> list[str]:
    """Return the stages that an entry of a plan means: `foods-v1`, or `foods-v1:beta`, of one."""
    api, _, stage = entry.partition(":")
    service, _, version = api.rpartition("-")
    versions = mapping(mapping(document.value, "services").get(service), "versions")
    stages = [stage] if stage else stages_of(versions.get(version))
    return [f"{api}:{name}" for name in stages]
