"""The contracts of a platform's APIs. Without the CDK, so that they can be read beside it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

from gatewright.bundling import unpacked_dependencies
from gatewright.bundling.bundle import LOCK
from gatewright.config import ApiConfig, Platform, check_operations
from gatewright.contract import (
    API_KEY,
    Contract,
    KeySource,
    Lifecycle,
    check_scopes,
    check_service_function,
    check_wsgi_app,
    proxy_contract,
    read_chalice,
    read_contract_file,
    read_routes,
)
from stacks.authorizers import authorizers_of

# Below the root: what is bundled once and used by every synthesis.
BUNDLES = Path(".gatewright") / "bundles"


def read_contracts(platform: Platform, root: Path) -> dict[str, Contract]:
    """The contract of each API, by the API's name. A version that is retired has none.

    Raises ContractError, BundlingError, and ConfigError where platform.yaml names an operation
    that the contracts do not have.
    """
    contracts = {
        api.api_name: replace(_contract(platform, api, root), lifecycle=lifecycle_of(api))
        for api in platform.apis
        if not api.retired
    }
    check_operations(platform, {name: _asking_for_key(c) for name, c in contracts.items()})
    return contracts


def lifecycle_of(api: ApiConfig) -> Lifecycle:
    """How long a version is served, with days as days."""
    found = api.lifecycle
    if found is None:
        return Lifecycle()
    days = {"deprecated": found.deprecated, "sunset": found.sunset, "retired": found.retired}
    return Lifecycle(
        link=found.link,
        successor=found.successor,
        **{name: date.fromisoformat(day) for name, day in days.items() if day is not None},
    )


def _asking_for_key(contract: Contract) -> dict[str, bool]:
    return {str(o.operation_id): API_KEY in o.schemes for o in contract.operations()}


def _contract(platform: Platform, api: ApiConfig, root: Path) -> Contract:
    services = root / "lambda_src"
    packages = _packages(services / api.package, root)
    contract = _read(platform, api, services, packages)
    for field, function in _functions(api):
        check_service_function(
            api.api_name, source=services, function=function, packages=packages, field=field
        )
    if api.integrations or api.stage_variables or contract.integrations or not api.has_function:
        # Not above: most platforms have none.
        from stacks.integrations import with_integrations

        contract = with_integrations(contract, platform, api, services)
    check_scopes(contract, {s.identifier: s.scopes for s in platform.resource_servers})
    return contract


def _functions(api: ApiConfig) -> Iterator[tuple[str, str]]:
    """The functions that are called beside what answers, by what platform.yaml calls them."""
    if api.key_authorizer:
        yield "key_authorizer", api.key_authorizer
    for name, authorizer in api.authorizers.items():
        if authorizer.function:
            yield f"authorizer {name}", authorizer.function
    if api.streams:
        yield "streams.handler", api.streams.handler


def _read(platform: Platform, api: ApiConfig, services: Path, packages: list[Path]) -> Contract:
    if api.wsgi:
        check_wsgi_app(api.api_name, source=services, app=api.wsgi)
    if api.contract:
        return _described(api, services)
    if api.chalice:
        return _chalice(api, services, packages)
    return _proxied(platform, api) if api.wsgi else _routed(api, services, packages)


def _chalice(api: ApiConfig, services: Path, packages: list[Path]) -> Contract:
    return read_chalice(
        source=services,
        app=str(api.chalice),
        name=api.service,
        version=api.version,
        title=api.title,
        packages=packages,
        security=api.security,
        allow_origin=api.allow_origin,
        authorizers=authorizers_of(api),
        api_key_source=_key_source(api),
    )


def _proxied(platform: Platform, api: ApiConfig) -> Contract:
    return proxy_contract(
        name=api.service,
        version=api.version,
        title=api.title,
        methods=api.methods,
        security=api.security or (),
        place=platform.place(("services", api.service, "versions", api.version, "wsgi")),
        authorizers=authorizers_of(api),
        api_key_source=_key_source(api),
    )


def _routed(api: ApiConfig, services: Path, packages: list[Path]) -> Contract:
    return read_routes(
        source=services,
        routes=str(api.routes),
        name=api.service,
        version=api.version,
        title=api.title,
        packages=packages,
        api_key_source=_key_source(api),
        authorizers=authorizers_of(api),
    )


def _described(api: ApiConfig, services: Path) -> Contract:
    return read_contract_file(
        source=services,
        contract=str(api.contract),
        name=api.service,
        version=api.version,
        title=api.title,
        backend_validates=api.backend_validates,
        binary_media_types=api.binary_media_types,
        api_key_source=_key_source(api),
        authorizers=authorizers_of(api),
    )


def _key_source(api: ApiConfig) -> KeySource:
    return "AUTHORIZER" if api.key_authorizer else "HEADER"


def _packages(service: Path, root: Path) -> list[Path]:
    lock = service / LOCK
    return [unpacked_dependencies(lock, root / BUNDLES)] if lock.is_file() else []
