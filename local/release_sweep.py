"""Sweeps the releases of an environment, by a command and at the end of `make up`."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from gatewright.config import ApiConfig, ConfigError, Environment, Platform
from gatewright.config.promotions import promotions_file, read_promotions
from gatewright.operations.deployed import NotDeployedError
from gatewright.operations.releases import ReleaseError
from gatewright.operations.sweeping import sweep


def sweep_quietly(
    platform: Platform, environment: Environment, root: Path, client: Mapping[str, Any]
) -> list[str]:
    """Sweep every API, and tell only what went; it is no reason for a deployment to fail."""
    try:
        stacks = stacks_of(platform, environment, platform.apis)
        swept = sweep(
            stacks, client, keep=environment.keep_releases, pinned=pinned_by(root, environment)
        )
        return [told for is_gone, told in swept if is_gone]
    except (ConfigError, NotDeployedError, ReleaseError, BotoCoreError, ClientError) as error:
        return [f"Old releases were left: {error}"]


def stacks_of(
    platform: Platform, environment: Environment, apis: Iterable[ApiConfig]
) -> dict[str, str]:
    """The names of the stacks of APIs, by API."""
    prefix = f"{platform.project}-{environment.name}"
    return {api.api_name: f"{prefix}-{api.api_name}" for api in apis}


def pinned_by(root: Path, environment: Environment) -> frozenset[str]:
    """The aliases and deployments that were promoted. Raises ConfigError."""
    recorded = read_promotions(promotions_file(root, environment.name))
    return frozenset(
        name
        for stages in recorded.values()
        for each in stages.values()
        for name in (each.alias, each.deployment)
    )
