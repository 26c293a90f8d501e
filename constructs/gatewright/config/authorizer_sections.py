"""Authorizers and the resource policy of a version as `platform.yaml` writes them."""

from collections.abc import Mapping
from typing import Annotated, Literal, get_args

from pydantic import ConfigDict, Field
from pydantic.config import JsonDict

from gatewright.config.rules import one_of, text, whole
from gatewright.config.section import Section
from gatewright.config.values import Function, HeaderName, IdentitySource, Issuer

AuthorizerType = Literal["token", "request", "jwt"]
# RFC 7518, section 3.1, and RFC 8037: what has a public key. HS256 and none have not.
Algorithm = Literal[
    "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"
]
SentAs = Literal["api_key", "bearer", "basic", "openid"]

DEFAULT_CACHE_SECONDS = 300
"""API Gateway's own default. AWS: "x-amazon-apigateway-authorizer object"."""

Pattern = Annotated[str, text(r"[^\n]{1,500}", "a regular expression of 1 to 500 characters")]
Claim = Annotated[str, text(r"[A-Za-z0-9_:./-]{1,100}", "the name of a claim, such as email")]
Audience = Annotated[str, text(r"[^\s\"']{1,200}", "1 to 200 characters without spaces")]
Principal = Annotated[
    str,
    text(
        r"everybody|[0-9]{12}|arn:aws[a-z-]*:(?:iam|sts)::[0-9]{12}:"
        r"(?:root|user/[\w+=,.@/-]+|role/[\w+=,.@/-]+|assumed-role/[\w+=,.@/-]+)",
        "an account's 12 digits in quotes, the ARN of a role or a user, or everybody",
    ),
]
SourceIp = Annotated[
    str,
    text(
        r"(?:[0-9]{1,3}\.){3}[0-9]{1,3}(?:/[0-9]{1,2})?|[0-9a-fA-F:]*:[0-9a-fA-F:]*(?:/[0-9]{1,3})?",
        "an IP address or a block of them, such as 203.0.113.0/24",
    ),
]
VpcEndpoint = Annotated[
    str, text(r"vpce-[0-9a-f]{8,17}", "the id of a VPC endpoint, such as vpce-0123456789abcdef0")
]


# By type: the fields that an authorizer must have, and those that it may have beside COMMON.
NEEDS: Mapping[str, tuple[str, ...]] = {
    "token": ("function",),
    "request": ("function",),
    "jwt": ("issuer", "audience"),
}
MAY_HAVE: Mapping[str, tuple[str, ...]] = {
    "token": ("header", "validation"),
    "request": ("identity_sources",),
    "jwt": ("header", "identity_sources", "algorithms", "clock_skew_seconds", "claims"),
}
COMMON = ("type", "cache_seconds", "as")
OF_A_TYPE = tuple(sorted({n for names in (*NEEDS.values(), *MAY_HAVE.values()) for n in names}))


def _of_type(kind: str) -> JsonDict:
    known = (*NEEDS[kind], *MAY_HAVE[kind])
    others: JsonDict = {name: False for name in OF_A_TYPE if name not in known}
    return {"properties": {"type": {"const": kind}, **others}, "required": list(NEEDS[kind])}


class AuthorizerFields(Section):
    """One authorizer: a Lambda function that API Gateway asks who calls, and what they may do."""

    model_config = ConfigDict(json_schema_extra={"oneOf": [_of_type(kind) for kind in NEEDS]})

    type: Annotated[AuthorizerType, one_of(*get_args(AuthorizerType))] = Field(
        description="token: a function gets one header. request: a function gets headers, query "
        "parameters and more. jwt: the platform's own function checks tokens of an issuer."
    )
    function: Function | None = Field(
        None,
        description="<folder>.<module>:<function> below lambda_src/, in the folder of what answers "
        "requests: a token_authorizer or request_authorizer. Not for jwt.",
    )
    header: HeaderName | None = Field(
        None, description="The header with the token, for token and jwt; default: Authorization."
    )
    validation: Pattern | None = Field(
        None,
        description="A regular expression that the header matches as a whole; otherwise the answer "
        "is 401 without asking the function. For token; jwt has its own.",
    )
    identity_sources: tuple[IdentitySource, ...] = Field(
        (),
        description="What the answer depends on, for request: header.<name>, query.<name>, "
        "stage.<variable>, context.<name>. A request without one is 401, and answers are cached by "
        "them. For jwt besides its header, which makes it a request authorizer.",
    )
    cache_seconds: Annotated[int, whole(0, 3600, "seconds")] = Field(
        DEFAULT_CACHE_SECONDS,
        description="How long API Gateway keeps an answer, 0 to 3600 seconds. That long somebody "
        "who is turned away may still call.",
    )
    sent_as: Annotated[SentAs, one_of(*get_args(SentAs))] | None = Field(
        None,
        alias="as",
        description="How the public document tells callers to send it: api_key (the header or "
        "query parameter as it is; default), bearer, basic, or openid (jwt). A jwt is bearer.",
    )
    issuer: Issuer | None = Field(
        None,
        description="Whose tokens a jwt authorizer takes: the https URL in their iss, which has "
        "/.well-known/openid-configuration below it.",
    )
    audience: tuple[Audience, ...] = Field(
        (), description="The values of aud, or of client_id without aud, that a jwt may have."
    )
    algorithms: tuple[Annotated[Algorithm, one_of(*get_args(Algorithm))], ...] = Field(
        (), description="The signatures that a jwt may have; default: [RS256, ES256]."
    )
    clock_skew_seconds: Annotated[int, whole(0, 300, "seconds")] | None = Field(
        None, description="How far the issuer's clock may be off, for jwt; default: 30."
    )
    claims: tuple[Claim, ...] = Field(
        (),
        description="Claims of a jwt that the function behind finds in its authorizer context, "
        "besides sub, iss, scope and client_id.",
    )


class PolicyRule(Section):
    """Who is meant: all that is named must hold, and one value of each is enough."""

    model_config = ConfigDict(json_schema_extra={"minProperties": 1})

    principals: tuple[Principal, ...] = Field(
        (),
        description="Accounts, roles and users that sign their calls (security iam), or everybody.",
    )
    source_ips: tuple[SourceIp, ...] = Field(
        (), description="Addresses that calls come from, as blocks (CIDR)."
    )
    vpc_endpoints: tuple[VpcEndpoint, ...] = Field(
        (), description="VPC endpoints that calls come through, of a private API."
    )


class ResourcePolicy(Section):
    """Who may call an API at all, before any authorizer is asked.

    https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-resource-policies.html
    """

    # That there is one is looked at elsewhere: of a rule with a mistake, a bound would say too few.
    allow: tuple[PolicyRule, ...] = Field(
        description="Who may call. Nobody else may, but by the rules of IAM.",
        json_schema_extra={"minItems": 1},
    )
    deny: tuple[PolicyRule, ...] = Field((), description="Who may not, whatever allows them.")
