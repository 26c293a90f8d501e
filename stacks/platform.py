"""The whole platform: the shared stack of each account and region, then the environments."""

from collections.abc import Mapping
from pathlib import Path

from aws_cdk import App, Stage, Tags
from aws_cdk import Environment as AwsEnvironment

from gatewright.bundling import unpacked_dependencies
from gatewright.bundling.bundle import LOCK
from gatewright.config import ApiConfig, Environment, Platform, check_operations
from gatewright.contract import (
    API_KEY,
    Contract,
    check_key_authorizer,
    check_scopes,
    read_routes,
)
from stacks.account import AccountStack
from stacks.environment import BUNDLES, EnvironmentStage


def add_platform(app: App, platform: Platform, root: Path) -> None:
    """Add every stack of ``platform`` to ``app``.

    ``root`` is the folder that holds ``lambda_src/``. Raises ContractError, BundlingError,
    ConfigError.
    """
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


def read_contracts(platform: Platform, root: Path) -> dict[str, Contract]:
    """The contract of each API, by the API's name.

    Raises ContractError, BundlingError, and ConfigError where platform.yaml names an operation
    that the contracts do not have.
    """
    contracts = {api.api_name: _contract(platform, api, root) for api in platform.apis}
    check_operations(platform, {name: _asking_for_key(c) for name, c in contracts.items()})
    return contracts


def _asking_for_key(contract: Contract) -> dict[str, bool]:
    return {str(o.operation_id): API_KEY in o.schemes for o in contract.operations()}


def _contract(platform: Platform, api: ApiConfig, root: Path) -> Contract:
    services = root / "lambda_src"
    packages = _packages(services / api.package, root)
    contract = read_routes(
        source=services,
        routes=api.routes,
        name=api.service,
        version=api.version,
        title=api.title,
        packages=packages,
        api_key_source="AUTHORIZER" if api.key_authorizer else "HEADER",
    )
    if api.key_authorizer:
        check_key_authorizer(
            api.api_name, source=services, function=api.key_authorizer, packages=packages
        )
    check_scopes(contract, {s.identifier: s.scopes for s in platform.resource_servers})
    return contract


def _packages(service: Path, root: Path) -> list[Path]:
    lock = service / LOCK
    return [unpacked_dependencies(lock, root / BUNDLES)] if lock.is_file() else []


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
