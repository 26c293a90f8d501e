"""The whole platform: the shared stack of each account and region, then the environments."""

from collections.abc import Mapping
from pathlib import Path

from aws_cdk import App, Stage, Tags
from aws_cdk import Environment as AwsEnvironment

from gatewright.config import Environment, Platform
from gatewright.contract import Contract
from stacks.account import AccountStack
from stacks.contracts import read_contracts
from stacks.environment import EnvironmentStage


def add_platform(
    app: App, platform: Platform, root: Path, contracts: Mapping[str, Contract] | None = None
) -> None:
    """Add every stack of ``platform`` to ``app``.

    ``root`` is the folder that holds ``lambda_src/``; ``contracts`` are those of its services, for
    a caller that has read them. Raises ContractError, BundlingError, ConfigError.
    """
    if contracts is None:
        contracts = read_contracts(platform, root)
    for account, region in platform.account_regions:
        _tag(_account_stage(app, platform, account, region), platform.tags)
    for environment in platform.environments:
        stage = EnvironmentStage(
            app, root=root, platform=platform, environment=environment, contracts=contracts
        )
        _tag(stage, {**platform.tags, **environment_tags(platform, environment)})


def environment_tags(platform: Platform, environment: Environment) -> dict[str, str]:
    """What marks the stacks and resources of one environment of one platform."""
    return {"gatewright:project": platform.project, "gatewright:environment": environment.name}


def stack_ids(platform: Platform, environment: Environment) -> dict[str, str]:
    """The CDK's id of each stack of an environment, by the stack's name."""
    ids = ["identity", *(f"{service.name}-data" for service in platform.services if service.tables)]
    ids += [api.api_name for api in platform.apis]
    ids += ["plans"] if environment.plans else []
    prefix = f"{platform.project}-{environment.name}"
    return {
        f"{prefix}-{construct_id}": f"{environment.name}/{construct_id}" for construct_id in ids
    }


def _tag(stage: Stage, tags: Mapping[str, str]) -> None:
    # The CDK's aspects, tags among them, do not cross from the app into a stage.
    for key, value in tags.items():
        Tags.of(stage).add(key, value)


def _account_stage(app: App, platform: Platform, account: str, region: str) -> Stage:
    stage = Stage(
        app, f"account-{account}-{region}", env=AwsEnvironment(account=account, region=region)
    )
    AccountStack(stage, "logging", stack_name=f"{platform.project}-account-logging")
    return stage
