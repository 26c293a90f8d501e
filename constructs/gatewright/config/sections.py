"""The sections of `platform.yaml` as it is written. The JSON Schema for editors comes from here."""

import re
from typing import Annotated, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field

from gatewright.config.rules import above_zero, one_of, text, whole

_NAME = "lower-case letters, digits and hyphens, a letter first"
_MOST = 2**31 - 1  # API Gateway's numbers are 32-bit integers

# A stack is called <project>-<environment>-<service>-<version>, at most 128 characters
# (https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cfn-using-console-create-stack-parameters.html);
# these bounds add up to 63, which leaves room for the names of resources inside it.
# A user pool's domain starts with the project's name and may not hold three words of AWS's own
# (https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-assign-domain-prefix.html).
ProjectName = Annotated[
    str,
    text(
        r"(?!.*(?:aws|amazon|cognito))[a-z][a-z0-9-]{0,19}",
        f"1 to 20 {_NAME}, without the words aws, amazon and cognito",
    ),
]
EnvironmentName = Annotated[str, text(r"[a-z][a-z0-9-]{0,11}", f"1 to 12 {_NAME}")]
ServiceName = Annotated[str, text(r"[a-z][a-z0-9-]{0,23}", f"1 to 24 {_NAME}")]
VersionName = Annotated[str, text(r"v[0-9]{1,3}", "v and a number of 1 to 3 digits, such as v1")]
ScopeName = Annotated[
    str, text(r"[a-z][a-z0-9._-]{0,39}", "1 to 40 lower-case letters, digits and . _ -")
]
PlanName = Annotated[str, text(r"[a-z][a-z0-9-]{0,23}", f"1 to 24 {_NAME}")]
KeyName = Annotated[str, text(r"[a-z][a-z0-9-]{0,39}", f"1 to 40 {_NAME}")]

_TAG = "letters A-Z and a-z, digits, spaces and _ . : / = + - @"
TagName = Annotated[
    str,
    text(
        r"(?![aA][wW][sS]:)[A-Za-z0-9 _.:/=+@-]{1,128}",
        f"1 to 128 {_TAG}, not starting with aws:",
    ),
]
TagValue = Annotated[str, text(r"[A-Za-z0-9 _.:/=+@-]{1,256}", f"1 to 256 {_TAG}")]

AccountId = Annotated[str, text(r"[0-9]{12}", '12 digits in quotes, such as "111111111111"')]
Region = Annotated[
    str,
    text(r"[a-z]{2,4}(?:-[a-z]+){1,2}-[0-9]{1,2}", "the name of a region, such as us-east-1"),
]
# https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html
_RETENTION = (1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731)
_LONG_RETENTION = (1096, 1827, 2192, 2557, 2922, 3288, 3653)
RetentionDays = Annotated[int, one_of(*_RETENTION, *_LONG_RETENTION)]

BuildFor = Literal["lambda", "host"]
Mfa = Literal["optional", "required", "off"]
Period = Literal["day", "week", "month"]

_MODULE = r"[A-Za-z_][A-Za-z0-9_]*(?:\.[A-Za-z_][A-Za-z0-9_]*)*"
Routes = Annotated[
    str,
    text(rf"{_MODULE}:[A-Za-z_][A-Za-z0-9_]*", "module:attribute, such as foods.v1.handler:app"),
]
# A browser sends scheme, host and port in lower case (RFC 6454, section 6.1), compared exactly.
Origin = Annotated[
    str,
    text(
        r"\*|[a-z][a-z0-9+.-]*://(?:[a-z0-9.-]+|\[[0-9a-f:]+\])(?::[0-9]{1,5})?",
        'one origin: "*", or scheme://host or scheme://host:port in lower case without a path',
    ),
]
Title = Annotated[str, text(r"[^\n]{1,100}", "1 to 100 characters on one line")]
Description = Annotated[str, text(r"[^\n]{1,255}", "1 to 255 characters on one line")]


class Section(BaseModel):
    """A mapping in the file: no unknown fields, no conversions, and frozen."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        strict=True,
        model_title_generator=lambda model: re.sub("Fields$|Section$", "", model.__name__),
    )


class Cors(Section):
    """Which browser pages may call an API."""

    allow_origin: Origin = Field(
        description='The origin of the pages that may call the API: "*" for any, or one '
        "scheme://host[:port]."
    )


class Quota(Section):
    """How many requests a key may make in a period."""

    limit: Annotated[int, whole(1, _MOST, "requests")] = Field(
        description="The number of requests in a period."
    )
    period: Annotated[Period, one_of(*get_args(Period))] = Field(
        description="The period: day, week or month."
    )


class EnvironmentFields(Section):
    """An account and region that the platform is deployed to."""

    account: AccountId = Field(description="The AWS account: 12 digits in quotes.")
    region: Region = Field(description="The AWS region, such as us-east-1.")
    plans: tuple[str, ...] = Field((), description="The names of the usage plans offered here.")
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
    build_for: Annotated[BuildFor, one_of(*get_args(BuildFor))] = Field(
        "lambda",
        description="Where the functions run: lambda bundles them for AWS Lambda, "
        "host for this machine.",
    )


class VersionFields(Section):
    """One version of a service: an API of its own."""

    routes: Routes = Field(
        description="module:attribute below lambda_src/ that holds an APIGatewayRestResolver."
    )
    memory_mb: Annotated[int, whole(128, 10240, "MB")] = Field(
        512, description="The memory of the function in MB, 128 to 10240."
    )
    timeout_seconds: Annotated[int, whole(1, 29, "seconds")] = Field(
        10,
        description="The seconds after which a request is given up, 1 to 29: API Gateway's "
        "default limit for an integration.",
    )
    cors: Cors | None = Field(None, description="Which browser pages may call the API.")


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
    versions: dict[VersionName, VersionFields] = Field(
        min_length=1, description="The versions served side by side: v1, v2 and so on."
    )


class KeyFields(Section):
    """An API key on a plan."""

    enabled: bool = Field(True, description="Whether the key is accepted.")
    description: Description | None = Field(None, description="Whose key it is.")


class PlanFields(Section):
    """How much a consumer may call: https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-api-usage-plans.html"""

    apis: tuple[str, ...] = Field(
        min_length=1, description="The APIs of the plan, each <service>-<version>."
    )
    rate: Annotated[float, above_zero("requests a second")] = Field(
        description="The requests a second that a key may make for long."
    )
    burst: Annotated[int, whole(1, _MOST, "requests")] = Field(
        description="The requests that a key may make at once; not below the rate."
    )
    quota: Quota | None = Field(
        None, description="How many requests a key may make in a period; unlimited when absent."
    )


class PlanSection(PlanFields):
    """A usage plan and the keys that the platform makes for it."""

    keys: dict[KeyName, KeyFields] = Field(
        {}, description="The API keys made on deployment. Leave it out where operators issue keys."
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
