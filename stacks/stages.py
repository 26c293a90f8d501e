"""The stages of an API in an environment, from platform.yaml and what was promoted there."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Literal

from gatewright.api import Pinned, StageSettings, Throttle
from gatewright.config import ApiConfig, Environment
from gatewright.config.promotions import Promotion
from gatewright.config.stage_sections import LogLevel, StageFields
from gatewright.contract import Contract
from stacks.caching import stage_cache

_LOG_LEVELS: dict[LogLevel, Literal["OFF", "ERROR", "INFO"]] = {
    "off": "OFF",
    "error": "ERROR",
    "info": "INFO",
}


def stage_settings(
    environment: Environment,
    api: ApiConfig,
    contract: Contract,
    promoted: Mapping[str, Promotion],
) -> list[StageSettings]:
    """The stages that are deployed, in the order of platform.yaml; one, if it names none.

    A stage that takes what is promoted is not deployed before something is: whatever it served
    instead would be a release that nobody chose.
    """
    if not api.stages:
        throttle = _throttle(environment, api, None)
        return [StageSettings(throttle=throttle, cache=stage_cache(api, contract, None))]
    return [
        replace(
            _stage(environment, api, name, fields, promoted.get(name)),
            cache=stage_cache(api, contract, fields),
        )
        for name, fields in api.stages.items()
        if fields.release == "newest" or name in promoted
    ]


def retired_stages(environment: Environment, api: ApiConfig) -> list[StageSettings]:
    """The stages of a version that is served no more, all of which tell so."""
    throttle = _throttle(environment, api, None)
    if not api.stages:
        return [StageSettings(throttle=throttle)]
    return [StageSettings(name=name, throttle=throttle) for name in api.stages]


def _stage(
    environment: Environment,
    api: ApiConfig,
    name: str,
    fields: StageFields,
    promotion: Promotion | None,
) -> StageSettings:
    pinned = None
    if fields.release == "promoted" and promotion:
        pinned = Pinned(deployment_id=promotion.deployment, alias_name=promotion.alias)
    return StageSettings(
        name=name,
        throttle=_throttle(environment, api, fields),
        log_level=_LOG_LEVELS[fields.log_level],
        variables=fields.variables,
        pinned=pinned,
    )


def _throttle(environment: Environment, api: ApiConfig, fields: StageFields | None) -> Throttle:
    limit = environment.within_account((fields and fields.throttle) or api.throttle)
    return Throttle(rate=limit.rate, burst=limit.burst)
