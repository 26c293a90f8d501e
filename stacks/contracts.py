"""The contracts of a platform's APIs. Without the CDK, so that they can be read beside it."""

from pathlib import Path

from gatewright.bundling import unpacked_dependencies
from gatewright.bundling.bundle import LOCK
from gatewright.config import ApiConfig, Platform, check_operations
from gatewright.contract import (
    API_KEY,
    Contract,
    check_key_authorizer,
    check_scopes,
    read_routes,
)

# Below the root: what is bundled once and used by every synthesis.
BUNDLES = Path(".gatewright") / "bundles"


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
