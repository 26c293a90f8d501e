"""A version of a service as `platform.yaml` writes it."""

from typing import Annotated, get_args

from pydantic import ConfigDict, Field
from pydantic.config import JsonDict, JsonValue

from gatewright.config.app_sections import AppFields
from gatewright.config.authorizer_sections import AuthorizerFields, ResourcePolicy
from gatewright.config.cache_sections import Cache
from gatewright.config.endpoint_sections import AccessMode, Endpoint, SecurityPolicy
from gatewright.config.integration_sections import IntegrationFields, MediaType
from gatewright.config.lifecycle_sections import LifecycleOrActive
from gatewright.config.limit_sections import DEFAULT_THROTTLE, Throttle
from gatewright.config.release_sections import VersionAlarms
from gatewright.config.rules import one_of, whole
from gatewright.config.section import Section
from gatewright.config.stage_sections import StageFields, StageName
from gatewright.config.stage_variables import StageVariableName, StageVariableValue
from gatewright.config.stream_sections import Streams
from gatewright.config.values import (
    AuthorizerName,
    ContractFile,
    Function,
    ImageUri,
    KeySource,
    OperationId,
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


def _source(*required: str, without: tuple[str, ...]) -> JsonDict:
    return {"required": [*required], "properties": dict.fromkeys(without, False)}


# What is served no more needs nothing that answers.
_RETIRED: JsonDict = {
    "required": ["lifecycle"],
    "properties": {
        "lifecycle": {"type": "object", "required": ["retired"]},
        **dict.fromkeys(("routes", "contract", "wsgi", "chalice"), False),
    },
}


_APPS = ("wsgi", "chalice")
_OF_AN_APP = ("methods", "security")
_OF_A_CONTRACT = ("contract", "handler", "image", "backend_validates")
_DESCRIBED_ONLY = ("routes", *_APPS, *_OF_AN_APP)
_SOURCES: list[JsonValue] = [
    _source("routes", without=(*_OF_A_CONTRACT, *_APPS, *_OF_AN_APP)),
    _source("contract", "handler", without=("image", *_DESCRIBED_ONLY)),
    _source("contract", "image", without=("handler", *_DESCRIBED_ONLY)),
    _source("contract", "integrations", without=("handler", "image", *_DESCRIBED_ONLY)),
    _source("contract", "wsgi", without=("routes", "handler", "image", "chalice", *_OF_AN_APP)),
    _source("wsgi", "security", without=("routes", *_OF_A_CONTRACT, "chalice")),
    _source("chalice", without=("routes", *_OF_A_CONTRACT, "wsgi", "methods")),
    _RETIRED,
]


class ImageFields(Section):
    """A function that is a container image.

    AWS: "Create a Lambda function using a container image": the repository is in the function's
    region.
    """

    uri: ImageUri = Field(
        description="The image in ECR by its digest; {account} and {region} in it are the "
        "environment's."
    )
    architecture: Annotated[str, one_of("arm64", "x86_64")] = Field(
        "arm64", description="What the image was built for: arm64 or x86_64."
    )


class VersionFields(AppFields):
    """One version of a service: an API of its own, by routes, a contract file or another app."""

    model_config = ConfigDict(json_schema_extra={"oneOf": _SOURCES})

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
    image: ImageFields | None = Field(
        None,
        description="A container image that answers the requests of the contract. In place of a "
        "handler.",
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
    integrations: dict[OperationId, IntegrationFields] = Field(
        {},
        description="What answers single operations in place of the function, by operation id.",
    )
    stage_variables: dict[StageVariableName, StageVariableValue] = Field(
        {},
        description="Variables of the stage, for urls, mappings and templates of integrations; "
        "environments may have other values.",
    )
    binary_media_types: tuple[MediaType, ...] = Field(
        (), description="Media types whose bodies are bytes and no text, such as image/png."
    )
    compression: Annotated[int, whole(0, 10485760, "bytes")] | None = Field(
        None,
        description="Bodies from that many bytes on are compressed for callers that accept it; "
        "none when absent.",
    )
    stages: dict[StageName, StageFields] = Field(
        {},
        description="The stages of the API, such as dev, beta and prod, in the order of promotion; "
        "by default one, live.",
    )
    cache: Cache | None = Field(None, description="Which answers are cached; none when absent.")
    endpoint: Annotated[Endpoint, one_of(*get_args(Endpoint))] = Field(
        "regional",
        description="Where the API is reached: regional, edge (through CloudFront), or private "
        "(through the VPC endpoints of the environment alone).",
    )
    security_policy: SecurityPolicy | None = Field(
        None,
        description="The TLS versions and ciphers of the API's own address; AWS's default when "
        "absent. SecurityPolicy_TLS13_1_3_2025_09 takes TLS 1.3 alone.",
    )
    endpoint_access_mode: Annotated[AccessMode, one_of(*get_args(AccessMode))] | None = Field(
        None,
        description="Whether requests must come through the endpoint of the API's own type and "
        "name its host: strict or basic. With a SecurityPolicy_... alone.",
    )
    authorizers: dict[AuthorizerName, AuthorizerFields] = Field(
        {}, description="Authorizers that operations ask for by name, in their security."
    )
    resource_policy: ResourcePolicy | None = Field(
        None, description="Who may call the API at all; everybody when absent."
    )
    release_alarms: VersionAlarms = Field(
        VersionAlarms(),
        description="What a canary of this version is judged by, where it differs from the "
        "environment's.",
    )
    release_smoke: tuple[OperationId, ...] = Field(
        (),
        max_length=10,
        description="What the smoke check of a canary calls, by operation id, also of other "
        "methods; those that only read when absent.",
    )
    streams: Streams | None = Field(
        None, description="Which answers are sent bit by bit; none when absent."
    )
