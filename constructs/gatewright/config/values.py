"""What single values of `platform.yaml` may be."""

from typing import Annotated, Literal

from gatewright.config.rules import above_zero, one_of, text, whole

_NAME = "lower-case letters, digits and hyphens, a letter first"

# A stack is called <project>-<environment>-<service>-<version>, at most 128 characters
# (https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cfn-using-console-create-stack-parameters.html);
# these bounds add up to 63, which leaves room for the names of resources inside it.
# A user pool's domain starts with the names of the project and the environment, and may not hold
# three words of AWS's own
# (https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-assign-domain-prefix.html).
_NO_WORD_OF_AWS = "(?!.*(?:aws|amazon|cognito))"
_WITHOUT = "without the words aws, amazon and cognito"
ProjectName = Annotated[
    str, text(rf"{_NO_WORD_OF_AWS}[a-z][a-z0-9-]{{0,19}}", f"1 to 20 {_NAME}, {_WITHOUT}")
]
EnvironmentName = Annotated[
    str, text(rf"{_NO_WORD_OF_AWS}[a-z][a-z0-9-]{{0,11}}", f"1 to 12 {_NAME}, {_WITHOUT}")
]
ServiceName = Annotated[str, text(r"[a-z][a-z0-9-]{0,23}", f"1 to 24 {_NAME}")]
VersionName = Annotated[str, text(r"v[1-9][0-9]{0,2}", "v and a number from 1 to 999, such as v1")]
ScopeName = Annotated[
    str, text(r"[a-z][a-z0-9._-]{0,39}", "1 to 40 lower-case letters, digits and . _ -")
]
TableName = Annotated[str, text(r"[a-z][a-z0-9-]{0,23}", f"1 to 24 {_NAME}")]
# https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.NamingRulesDataTypes.html
AttributeName = Annotated[
    str,
    text(r"[A-Za-z_][A-Za-z0-9_.-]{0,254}", "1 to 255 letters, digits and _ . -, no digit first"),
]
PlanName = Annotated[str, text(r"[a-z][a-z0-9-]{0,23}", f"1 to 24 {_NAME}")]
ApiName = Annotated[
    str, text(r"[a-z][a-z0-9-]{0,23}-v[0-9]{1,3}", "<service>-<version>, such as foods-v1")
]
OperationId = Annotated[
    str,
    text(
        r"[A-Za-z_][A-Za-z0-9_]*",
        "an operation id, which is the name of the route's function, such as list_foods",
    ),
]
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

KeySource = Literal["header", "authorizer"]
BuildFor = Literal["lambda", "host"]
Mfa = Literal["optional", "required", "off"]
Period = Literal["day", "week", "month"]
TableAccess = Literal["read", "write"]

# The folder is what is bundled, so a module outside one would be missing in the function.
_WORD = "[A-Za-z_][A-Za-z0-9_]*"
Routes = Annotated[
    str,
    text(
        rf"{_WORD}(?:\.{_WORD})+:{_WORD}",
        "<folder>.<module>:<attribute>, such as foods.v1.handler:app",
    ),
]
# Below lambda_src/, in the folder of the service, and no way out of it.
ContractFile = Annotated[
    str,
    text(
        r"[A-Za-z_][A-Za-z0-9_]*(?:/(?!\.)[A-Za-z0-9_.-]+)+\.(?:ya?ml|json)",
        "a YAML or JSON file below lambda_src/, such as shop/v1/openapi.yaml",
    ),
]
Function = Annotated[
    str,
    text(
        rf"{_WORD}(?:\.{_WORD})+:{_WORD}",
        "<folder>.<module>:<function>, such as foods.v1.callers:authorize",
    ),
]
AuthorizerName = Annotated[
    str,
    text(
        r"(?!(?:api_key|cognito|iam|key_authorizer)$)[A-Za-z][A-Za-z0-9_-]{0,39}",
        "1 to 40 letters, digits and _ -, a letter first, and not api_key, cognito, iam or "
        "key_authorizer, which the platform has",
    ),
]
# RFC 9110, section 5.1, as far as API Gateway names parameters.
HeaderName = Annotated[str, text(r"[A-Za-z0-9._-]{1,80}", "the name of a header, such as X-Token")]
IdentitySource = Annotated[
    str,
    text(
        r"(?:header|query|stage|context)\.[A-Za-z0-9._$-]{1,80}",
        "header.<name>, query.<name>, stage.<variable> or context.<name>, such as header.X-Tenant",
    ),
]
# OpenID Connect Discovery, section 2: https, no query, no fragment. Plain http is for an issuer on
# the machine itself, where nobody is between.
Issuer = Annotated[
    str,
    text(
        r"(?:https://[A-Za-z0-9.-]+|http://(?:127\.0\.0\.1|localhost))(?::[0-9]{1,5})?"
        r"(?:/[A-Za-z0-9._~/-]*)?",
        "the https URL that tokens have as iss, such as https://login.example.com/tenant",
    ),
]
# By its digest: a tag can come to mean another image, and a release would change unseen.
ImageUri = Annotated[
    str,
    text(
        r"[0-9a-z{}]+\.dkr\.ecr\.[a-z0-9{}-]+\.amazonaws\.com(?:\.cn)?"
        r"/[a-z0-9._/-]+@sha256:[0-9a-f]{64}",
        "<account>.dkr.ecr.<region>.amazonaws.com/<repository>@sha256:<digest>",
    ),
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

_MOST = 2**31 - 1  # API Gateway's numbers are 32-bit integers
Rate = Annotated[float, above_zero("requests a second")]
Requests = Annotated[int, whole(1, _MOST, "requests")]
