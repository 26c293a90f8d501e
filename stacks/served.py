"""What answers one version of one API: its contract, its functions, what it integrates."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from gatewright.api import ApiSettings, StreamSettings
from gatewright.api.settings import VpcLinkSettings
from gatewright.backends import FunctionSettings
from gatewright.config import ApiConfig, Environment
from gatewright.config.promotions import Promotion
from gatewright.contract import Contract
from gatewright.integrations.deployed import Deployed, DeployedTable
from gatewright.runtime.variables import STREAM_WRAPPER, WRAPPER_VARIABLE
from stacks.authorizers import operation_table
from stacks.data import DataStack
from stacks.functions import Functions


@dataclass(frozen=True, kw_only=True)
class Served:
    """What an ApiStack deploys, but for a version that is retired.

    ``function`` is None where integrations answer every operation; ``promoted`` are the releases
    of stages that take what is promoted.
    """

    contract: Contract
    function: FunctionSettings | None
    key_authorizer: FunctionSettings | None
    authorizers: Mapping[str, FunctionSettings]
    streams: StreamSettings | None
    settings: ApiSettings
    promoted: Mapping[str, Promotion]
    user_pool_arn: str


def served(
    functions: Functions,
    environment: Environment,
    api: ApiConfig,
    contract: Contract,
    *,
    data: DataStack | None,
    told: Mapping[str, str],
    promoted: Mapping[str, Promotion],
    user_pool_arn: str,
) -> Served:
    """What answers ``api``; ``told`` are environment variables of what answers callers."""
    key_authorizer = api.key_authorizer_handler
    return Served(
        contract=contract,
        function=functions.settings(api, api.answers, told=told)
        if contract.calls_function
        else None,
        # It says who calls, and changes nothing.
        key_authorizer=functions.settings(api, key_authorizer, "read") if key_authorizer else None,
        authorizers=dict(_authorizers(functions, api, contract)),
        streams=_streams(functions, api, told),
        settings=_settings(functions, environment, api, contract, data),
        promoted=promoted,
        user_pool_arn=user_pool_arn,
    )


def _authorizers(
    functions: Functions, api: ApiConfig, contract: Contract
) -> Iterator[tuple[str, FunctionSettings]]:
    for authorizer in contract.authorizers:
        fields = api.authorizers[authorizer.name]
        table = operation_table(contract, authorizer)
        if fields.function is None:
            yield authorizer.name, functions.jwt_authorizer(api, fields, table)
        else:
            handler = fields.function.replace(":", ".")
            yield authorizer.name, functions.settings(api, handler, "read", more=table)


def _streams(
    functions: Functions, api: ApiConfig, told: Mapping[str, str]
) -> StreamSettings | None:
    if api.streams is None:
        return None
    function = functions.settings(api, api.streams.handler.replace(":", "."), told=told)
    return StreamSettings(
        operations=api.streams.operations,
        function=replace(
            function,
            timeout_seconds=api.streams.timeout_seconds,
            environment={**function.environment, WRAPPER_VARIABLE: STREAM_WRAPPER},
        ),
    )


def _settings(
    functions: Functions,
    environment: Environment,
    api: ApiConfig,
    contract: Contract,
    data: DataStack | None,
) -> ApiSettings:
    overridden = environment.stage_variables.get(api.api_name, {})
    used = {i.dynamodb.table for i in api.integrations.values() if i.dynamodb}
    tables = data.tables if data else {}
    return ApiSettings(
        functions={handler: functions.settings(api, handler) for handler in contract.handlers},
        tables={
            name: DeployedTable(tables[name].table_name, tables[name].table_arn)
            for name in sorted(used)
        },
        resources=environment.resources,
        vpc_links=_vpc_links(environment),
        stage_variables={**api.stage_variables, **overridden},
        binary_media_types=api.binary_media_types,
        minimum_compression_size=api.compression,
    )


def _vpc_links(environment: Environment) -> dict[str, VpcLinkSettings]:
    here = Deployed(region=environment.region, account=environment.account)
    return {
        name: VpcLinkSettings(
            load_balancer=here.arn(link.load_balancer),
            subnets=link.subnets,
            security_groups=link.security_groups,
        )
        for name, link in environment.vpc_links.items()
    }
