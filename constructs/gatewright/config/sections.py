"""The sections of `platform.yaml` as it is written. The JSON Schema for editors comes from here."""

from typing import Annotated, get_args

from pydantic import Field

from gatewright.config.domain_sections import Domain
from gatewright.config.endpoint_sections import VpcEndpoint
from gatewright.config.limit_sections import (
    AccountThrottle,
    KeyThrottle,
    Quota,
)
from gatewright.config.network_sections import VpcLinkFields
from gatewright.config.pipeline_sections import PipelineSection
from gatewright.config.quota_sections import Quotas
from gatewright.config.release_sections import ReleaseOrAllAtOnce
from gatewright.config.rules import one_of, whole
from gatewright.config.section import Section
from gatewright.config.stage_variables import (
    ResourceArn,
    ResourceName,
    StageVariableName,
    StageVariableValue,
)
from gatewright.config.values import (
    AccountId,
    ApiName,
    AttributeName,
    BuildFor,
    Description,
    EnvironmentName,
    KeyName,
    Mfa,
    OperationId,
    PlanName,
    ProjectName,
    Rate,
    Region,
    Requests,
    RetentionDays,
    ScopeName,
    ServiceName,
    TableName,
    TagName,
    TagValue,
    Title,
    VersionName,
)
from gatewright.config.version_sections import VersionFields


class EnvironmentFields(Section):
    """An account and region that the platform is deployed to."""

    account: AccountId = Field(description="The AWS account: 12 digits in quotes.")
    region: Region = Field(description="The AWS region, such as us-east-1.")
    plans: tuple[str, ...] = Field((), description="The names of the usage plans offered here.")
    account_throttle: AccountThrottle | None = Field(
        None,
        description="What the account takes in the region, where AWS raised its quota: "
        "throttleSettings of `aws apigateway get-account`. By default AWS's default there.",
    )
    quotas: Quotas = Field(
        Quotas(), description="What AWS raised for the account in the region, where it did."
    )
    protect: bool = Field(
        False,
        description="Whether stateful resources are retained and protected from deletion.",
    )
    log_retention_days: RetentionDays = Field(
        30, description="The days that logs are kept: a number that CloudWatch Logs accepts."
    )
    mfa: Annotated[Mfa, one_of(*get_args(Mfa))] = Field(
        "optional", description="Whether users sign in with a second factor."
    )
    password_sign_in: bool = Field(
        False,
        description="Whether the user client may sign in with USER_PASSWORD_AUTH. "
        "Handy on a laptop; never needed in production.",
    )
    domain: Domain | None = Field(
        None, description="A name of your own for all APIs; AWS's addresses when absent."
    )
    build_for: Annotated[BuildFor, one_of(*get_args(BuildFor))] = Field(
        "lambda",
        description="Where the functions run: lambda bundles them for AWS Lambda, "
        "host for this machine.",
    )
    release: ReleaseOrAllAtOnce = Field(
        None,
        description="How a release reaches callers: all-at-once (the default), or by a canary.",
    )
    keep_releases: Annotated[int, whole(1, 1000, "releases")] = Field(
        3,
        description="The last releases of an API that can be gone back to; 3 by default. Older "
        "ones are removed after a deployment, unless something uses them.",
    )
    stage_variables: dict[ApiName, dict[StageVariableName, StageVariableValue]] = Field(
        {},
        description="Values of stage variables here, by API: {foods-v1: {host: example.com}}.",
    )
    resources: dict[ResourceName, ResourceArn] = Field(
        {},
        description="ARNs of queues, state machines and event buses, by the name that integrations "
        "use; {account} and {region} in them are the environment's.",
    )
    vpc_endpoints: tuple[VpcEndpoint, ...] = Field(
        (), description="The VPC endpoints through which private APIs are called here."
    )
    vpc_links: dict[ResourceName, VpcLinkFields] = Field(
        {}, description="Ways into a VPC, by the name that integrations use."
    )


class TableFields(Section):
    """A DynamoDB table of a service. Its keys are text; other attributes need no declaration.

    AWS: "Core components of Amazon DynamoDB", "Using time to live (TTL) in DynamoDB".
    """

    partition_key: AttributeName = Field(description="The attribute that is the partition key.")
    sort_key: AttributeName | None = Field(
        None, description="The attribute that is the sort key; none when absent."
    )
    expires_at: AttributeName | None = Field(
        None,
        description="The attribute with the time, in seconds since 1970, after which DynamoDB "
        "may remove an item; items stay when absent.",
    )


class ServiceSection(Section):
    """A service and its versions."""

    title: Title | None = Field(
        None, description="The name that people read; by default the service's name."
    )
    scopes: dict[ScopeName, Description] = Field(
        {},
        max_length=100,
        description="What a token may be good for, each with a line for people. Asked for, and "
        "demanded by routes, as <service>/<scope>.",
    )
    tables: dict[TableName, TableFields] = Field(
        {}, description="The DynamoDB tables of the service, in a stack of their own, by name."
    )
    versions: dict[VersionName, VersionFields] = Field(
        min_length=1, description="The versions served side by side: v1, v2 and so on."
    )


class KeyFields(Section):
    """An API key that the platform makes, and the plans that it is on."""

    plans: tuple[str, ...] = Field(
        min_length=1, description="The usage plans of the key. No two may cover the same API."
    )
    enabled: bool = Field(True, description="Whether the key is accepted.")
    description: Description | None = Field(None, description="Whose key it is.")


class PlanFields(Section):
    """How much a consumer may call: https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-api-usage-plans.html"""

    apis: tuple[str, ...] = Field(
        min_length=1, description="The APIs of the plan, each <service>-<version>."
    )
    rate: Rate = Field(description="The requests a second that a key may make for long.")
    burst: Requests = Field(
        description="The requests that a key may make at once; not below the rate."
    )
    quota: Quota | None = Field(
        None, description="How many requests a key may make in a period; unlimited when absent."
    )


class PlanSection(PlanFields):
    """A usage plan, with its lower limits by API and operation."""

    methods: dict[ApiName, dict[OperationId, KeyThrottle]] = Field(
        {},
        description="Lower limits of single operations that ask for an API key, by API and "
        "operation id: {foods-v1: {list_foods: {rate: 2, burst: 5}}}.",
    )


class PlatformSection(Section):
    """The whole file."""

    project: ProjectName = Field(description="The prefix of every stack name.")
    tags: dict[TagName, TagValue] = Field(
        {}, max_length=50, description="Tags on every resource that can have them, at most 50."
    )
    environments: dict[EnvironmentName, EnvironmentFields] = Field(
        min_length=1, description="Where the platform is deployed to, by name."
    )
    services: dict[ServiceName, ServiceSection] = Field(
        min_length=1, description="The services, by name."
    )
    plans: dict[PlanName, PlanSection] = Field({}, description="The usage plans, by name.")
    keys: dict[KeyName, KeyFields] = Field(
        {},
        description="The API keys made on deployment, where one of their plans is offered. "
        "Leave out those that operators issue.",
    )
    pipeline: PipelineSection | None = Field(
        None, description="How a git push becomes a release; no pipeline when absent."
    )
