"""The whole platform: the shared stack of each account and region, then the environments."""

from collections.abc import Callable, Mapping
from functools import cache, partial
from pathlib import Path

from aws_cdk import App, Stage, Tags
from aws_cdk import Environment as AwsEnvironment
from constructs import Construct

from gatewright.config import Environment, Pipeline, Platform
from gatewright.contract import Contract
from gatewright.delivery.names import check_kinds
from stacks.account import AccountStack
from stacks.contracts import read_contracts
from stacks.environment import EnvironmentStage


def add_platform(
    app: App,
    platform: Platform,
    root: Path,
    contracts: Callable[[], Mapping[str, Contract]] | None = None,
) -> None:
    """Add every stack of ``platform`` to ``app``.

    ``root`` is the folder that holds ``lambda_src/``; ``contracts`` gives those of its services,
    for a caller that reads them meanwhile: it is not asked before there is an API to build.
    Raises ContractError, BundlingError, ConfigError.
    """
    contracts = cache(contracts or partial(read_contracts, platform, root))
    accounts = {place: _account_stage(app, platform, *place) for place in platform.account_regions}
    environments = {
        environment.name: EnvironmentStage(
            app, root=root, platform=platform, environment=environment, contracts=contracts
        )
        for environment in platform.environments
    }
    for account in accounts.values():
        _tag(account, platform.tags)
    for environment in platform.environments:
        tags = {**platform.tags, **environment_tags(platform, environment)}
        _tag(environments[environment.name], tags)
    if platform.pipeline:
        _tag(
            _pipeline(app, platform, platform.pipeline, root, accounts, environments), platform.tags
        )


def environment_tags(platform: Platform, environment: Environment) -> dict[str, str]:
    """What marks the stacks and resources of one environment of one platform."""
    return {"gatewright:project": platform.project, "gatewright:environment": environment.name}


def stack_ids(platform: Platform, environment: Environment) -> dict[str, str]:
    """The CDK's id of each stack of an environment, by the stack's name."""
    ids = ["identity", *(f"{service.name}-data" for service in platform.services if service.tables)]
    ids += ["releases"] if environment.release else []
    ids += [api.api_name for api in platform.apis]
    ids += ["domain"] if environment.domain else []
    ids += ["plans"] if environment.plans else []
    pipeline = platform.pipeline
    ids += ["checks"] if pipeline and check_kinds(pipeline.checks_of(environment.name)) else []
    prefix = f"{platform.project}-{environment.name}"
    return {
        f"{prefix}-{construct_id}": f"{environment.name}/{construct_id}" for construct_id in ids
    }


def _pipeline(
    app: App,
    platform: Platform,
    pipeline: Pipeline,
    root: Path,
    accounts: Mapping[tuple[str, str], Stage],
    environments: Mapping[str, Stage],
) -> Construct:
    # Not above: the pipeline's part of the CDK takes a while, and not every platform has one.
    from stacks.pipeline import PipelineStack

    deployed = [platform.environment(name) for name in pipeline.environments]
    places = dict.fromkeys((e.account, e.region) for e in deployed)
    return PipelineStack(
        app,
        "pipeline",
        platform=platform,
        pipeline=pipeline,
        root=root,
        accounts={stage.stage_name: stage for stage in (accounts[place] for place in places)},
        environments=environments,
    )


def _tag(stage: Construct, tags: Mapping[str, str]) -> None:
    # The CDK's aspects, tags among them, do not cross from the app into a stage.
    for key, value in tags.items():
        Tags.of(stage).add(key, value)


def _account_stage(app: App, platform: Platform, account: str, region: str) -> Stage:
    stage = Stage(
        app, f"account-{account}-{region}", env=AwsEnvironment(account=account, region=region)
    )
    AccountStack(stage, "logging", stack_name=f"{platform.project}-account-logging")
    return stage
