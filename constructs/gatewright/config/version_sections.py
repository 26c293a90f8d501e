"""A version of a service as `platform.yaml` writes it."""

from typing import Annotated, get_args

from pydantic import ConfigDict, Field
from pydantic.config import JsonDict

from gatewright.config.lifecycle_sections import LifecycleOrActive
from gatewright.config.limit_sections import DEFAULT_THROTTLE, Throttle
from gatewright.config.rules import one_of, whole
from gatewright.config.section import Section
from gatewright.config.values import (
    ContractFile,
    Function,
    KeySource,
    Origin,
    Routes,
    TableAccess,
    TableName,
)


class Cors(Section):
    """Which browser pages may call an API."""

    allow_origin: Origin = Field(
        description='The origin of the pages that may call the API: "*" for any, or one '
        "scheme://host[:port]."
    )


_BY_ROUTES: JsonDict = {
    "required": ["routes"],
    "properties": {"contract": False, "handler": False, "backend_validates": False},
}
_BY_A_CONTRACT: JsonDict = {
    "required": ["contract", "handler"],
    "properties": {"routes": False},
}
# What is served no more needs nothing that answers.
_RETIRED: JsonDict = {
    "required": ["lifecycle"],
    "properties": {
        "lifecycle": {"type": "object", "required": ["retired"]},
        "routes": False,
        "contract": False,
    },
}


class VersionFields(Section):
    """One version of a service: an API of its own, by its routes or by a contract file."""

    model_config = ConfigDict(json_schema_extra={"oneOf": [_BY_ROUTES, _BY_A_CONTRACT, _RETIRED]})

    routes: Routes | None = Field(
        None,
        description="<folder>.<module>:<attribute> below lambda_src/ that holds an "
        "APIGatewayRestResolver. The folder is what is bundled into the function. In place of a "
        "contract.",
    )
    contract: ContractFile | None = Field(
        None,
        description="<folder>/<file> below lambda_src/: an OpenAPI 3.0, 3.1 or Swagger 2.0 "
        "document, YAML or JSON. In place of routes.",
    )
    handler: Function | None = Field(
        None,
        description="<folder>.<module>:<function> below lambda_src/ that answers the requests of "
        "the contract: a Lambda proxy function. In the folder of the contract.",
    )
    backend_validates: bool = Field(
        False,
        description="Whether the handler checks what API Gateway does not, such as the types of "
        "parameters. Otherwise a contract that asks for it is refused.",
    )
    memory_mb: Annotated[int, whole(128, 10240, "MB")] = Field(
        512, description="The memory of the function in MB, 128 to 10240."
    )
    timeout_seconds: Annotated[int, whole(1, 28, "seconds")] = Field(
        10,
        description="The seconds after which a request is given up, 1 to 28: the function must "
        "end before API Gateway gives up at 29.",
    )
    lifecycle: LifecycleOrActive = Field(
        None,
        description="active, or since when the version is deprecated or retired, and what takes "
        "its place.",
    )
    throttle: Throttle = Field(
        DEFAULT_THROTTLE,
        description="How much all callers together may call one method; 1000 requests a second, "
        "2000 at once by default, or what the account takes where that is less.",
    )
    cors: Cors | None = Field(None, description="Which browser pages may call the API.")
    tables: dict[TableName, Annotated[TableAccess, one_of(*get_args(TableAccess))]] = Field(
        {},
        description="The tables of the service that the function uses, each to read, or to "
        "write, which reads too. Their names are in TABLE_<NAME>.",
    )
    api_key_source: Annotated[KeySource, one_of(*get_args(KeySource))] = Field(
        "header",
        description="Where a caller's API key comes from: header is x-api-key, authorizer the "
        "answer of the key_authorizer.",
    )
    key_authorizer: Function | None = Field(
        None,
        description="<folder>.<module>:<function> below lambda_src/ that answers who calls, and "
        "with which API key, from the header Authorization. In the folder of the routes.",
    )
