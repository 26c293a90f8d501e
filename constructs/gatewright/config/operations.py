"""Checks of what `platform.yaml` says of single operations, which the APIs' contracts name."""

from collections.abc import Iterator, Mapping

from gatewright.config.platform import MethodLimit, Plan, Platform
from gatewright.config.problems import ConfigError, Path, Problem
from gatewright.nearest import did_you_mean


def check_operations(platform: Platform, operations: Mapping[str, Mapping[str, bool]]) -> None:
    """Raise ConfigError for every operation that is named for a cache or a limit, say, and is none.

    ``operations`` says of each operation id of each API, by API name, whether it asks for an API
    key. A plan counts keys, and API Gateway looks at a key only where a method requires one.
    AWS: "API key source" and `$context.identity.apiKey`.
    """
    # A retired version has no operations: its lines may stay as long as it stays on the plan.
    retired = {api.api_name for api in platform.apis if api.retired}
    problems = [*_unknown(platform, operations)]
    problems += [
        problem
        for plan in platform.plans
        for limit in plan.methods
        if limit.api not in retired
        for problem in _problems(platform, plan, limit, operations[limit.api])
    ]
    if problems:
        raise ConfigError(problems)


def _unknown(platform: Platform, operations: Mapping[str, Mapping[str, bool]]) -> Iterator[Problem]:
    for api in platform.apis:
        if api.retired:
            continue
        known = sorted(operations[api.api_name])
        named: list[tuple[Path, str]] = []
        if api.cache:
            named += [(("cache", "operations", name), name) for name in api.cache.operations]
        if api.streams:
            streamed = enumerate(api.streams.operations)
            named += [(("streams", "operations", index), name) for index, name in streamed]
        named += [(("release_smoke", i), name) for i, name in enumerate(api.release_smoke)]
        for place, name in named:
            if name not in known:
                path = ("services", api.service, "versions", api.version, *place)
                found = f"{name!r}, which is no operation of {api.api_name}"
                remedy = did_you_mean(name, known) or "remove it, or name one of these"
                yield platform.problem(path, found, ", ".join(known), remedy, at_name=True)


def _problems(
    platform: Platform, plan: Plan, limit: MethodLimit, known: Mapping[str, bool]
) -> Iterator[Problem]:
    path: Path = ("plans", plan.name, "methods", limit.api, limit.operation)
    with_key = sorted(name for name, needs_key in known.items() if needs_key)
    allowed = ", ".join(with_key) or f"nothing: no operation of {limit.api} asks for an API key"
    if limit.operation not in known:
        found = f"{limit.operation!r}, which is no operation of {limit.api}"
        remedy = did_you_mean(limit.operation, known) or "remove it, or name one of these"
        yield platform.problem(path, found, allowed, remedy, at_name=True)
    elif not known[limit.operation]:
        found = f"{limit.operation!r}, which asks for no API key, so that no plan counts it"
        remedy = 'remove it, or write {"api_key": []} into the security of the route'
        yield platform.problem(path, found, allowed, remedy, at_name=True)
