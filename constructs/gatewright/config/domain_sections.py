"""A domain of an environment, as `platform.yaml` writes it."""

from typing import Annotated, Literal, get_args

from pydantic import ConfigDict, Field
from pydantic.config import JsonDict

from gatewright.config.rules import one_of, text
from gatewright.config.section import Section
from gatewright.config.values import ApiName, VersionName

# https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-custom-domain-tls-version.html
# The first accepts TLS 1.3 and 1.2, with forward secrecy and post-quantum key exchange.
NEWEST = "SecurityPolicy_TLS13_1_2_PFS_PQ_2025_09"
LEGACY = "TLS_1_2"
"""The policy that mutual TLS asks for: it cannot be with those that begin SecurityPolicy_."""

SecurityPolicy = Literal[
    "SecurityPolicy_TLS13_1_2_PFS_PQ_2025_09",
    "SecurityPolicy_TLS13_1_2_PQ_2025_09",
    "SecurityPolicy_TLS13_1_3_2025_09",
    "SecurityPolicy_TLS13_1_3_FIPS_2025_09",
    "TLS_1_2",
]
DefaultEndpoint = Literal["disabled", "enabled"]
ROOT = "/"
"""The base path of what is below no other: the domain's own root."""

_LABEL = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_DOMAIN = rf"(?=.{{1,253}}$){_LABEL}(?:\.{_LABEL})+"
DomainName = Annotated[
    str, text(_DOMAIN, "a domain name in lower case without a dot at its end: api.example.com")
]
CertificateArn = Annotated[
    str,
    text(
        r"arn:aws[a-z-]*:acm:[a-z0-9-]+:[0-9]{12}:certificate/[A-Za-z0-9-]+",
        "the ARN of an ACM certificate: arn:aws:acm:<region>:<account>:certificate/<id>",
    ),
]
HostedZoneId = Annotated[
    str,
    text(r"[A-Z0-9]{1,32}", "the id of a hosted zone of Route 53, such as Z0123456789ABCDEFGHIJ"),
]
_SEGMENT = "[A-Za-z0-9._~-]+"
BasePath = Annotated[
    str,
    text(
        rf"/|{_SEGMENT}(?:/{_SEGMENT})*",
        "words of letters, digits and . _ ~ - with / between them, such as foods/v1; or / alone",
    ),
]
Truststore = Annotated[
    str,
    text(
        r"s3://[a-z0-9.-]{3,63}/[^\s]{1,1024}",
        "a PEM file of certificates in S3: s3://<bucket>/<key>",
    ),
]
# https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-apigatewayv2-routingrule-matchheadervalue.html
HeaderName = Annotated[
    str, text(r"[A-Za-z0-9!#$%&'^_`|~.-]{1,39}", "the name of a header, at most 39 characters")
]
HeaderGlob = Annotated[
    str,
    text(
        r"(?=.{1,127}$)\*?[A-Za-z0-9?!#$%&'.^_`|~-]+\*?",
        "the value of a header, at most 127 letters, digits and ?-!#$%&'.^_`|~, "
        "with * at its begin or end for anything",
    ),
]


class HostedZone(Section):
    """Where the names of the domain are kept: a public hosted zone of Route 53."""

    id: HostedZoneId = Field(description="The id of the hosted zone.")
    name: DomainName = Field(description="The domain name of the hosted zone.")


class MutualTls(Section):
    """Which certificates callers have to show."""

    truststore: Truststore = Field(
        description="The certificates of the authorities that are trusted, a PEM file in S3."
    )
    version: str | None = Field(None, description="The version of that object; the newest if none.")


class Routing(Section):
    """How a header chooses the version, below the base path that is the service's name."""

    header: HeaderName = Field(description="The header that says the version: X-Api-Version.")
    default: VersionName | None = Field(
        None, description="The version of requests without it; none is answered when absent."
    )
    values: dict[VersionName, HeaderGlob] = Field(
        {},
        description='What the header says for a version: {v1: "*vnd.shop.v1*"}; its name when '
        "absent.",
    )


_CERTIFICATE: JsonDict = {"required": ["certificate"]}
_HOSTED_ZONE: JsonDict = {"required": ["hosted_zone"]}


class Domain(Section):
    """A name of one's own for all APIs of an environment."""

    model_config = ConfigDict(json_schema_extra={"anyOf": [_CERTIFICATE, _HOSTED_ZONE]})

    name: DomainName = Field(description="The domain name: api.example.com.")
    certificate: CertificateArn | None = Field(
        None,
        description="The ARN of its certificate in ACM, in the environment's region. One is made "
        "when absent, and needs the hosted_zone.",
    )
    hosted_zone: HostedZone | None = Field(
        None, description="The zone of Route 53 that gets the records; none are made when absent."
    )
    security_policy: Annotated[SecurityPolicy, one_of(*get_args(SecurityPolicy))] | None = Field(
        None, description=f"Which TLS callers may speak; {NEWEST} by default."
    )
    base_paths: dict[ApiName, BasePath] = Field(
        {}, description="Where an API is, if not at <service>/<version>: {foods-v1: food}."
    )
    default_endpoint: Annotated[DefaultEndpoint, one_of(*get_args(DefaultEndpoint))] = Field(
        "disabled", description="Whether the APIs answer at AWS's own address as well."
    )
    mutual_tls: MutualTls | None = Field(
        None, description="Which certificates callers have to show; none when absent."
    )
    routing: Routing | None = Field(
        None, description="How a header chooses the version; by path alone when absent."
    )

    @property
    def policy(self) -> str:
        """The security policy, chosen where none is."""
        return self.security_policy or (LEGACY if self.mutual_tls else NEWEST)

    def base_path_of(self, service: str, version: str) -> str:
        """Where an API is, without slashes at its ends; empty for the root."""
        found = self.base_paths.get(f"{service}-{version}", f"{service}/{version}")
        return found.strip(ROOT)

    def url_of(self, service: str, version: str) -> str:
        """The address of an API, with a slash at its end."""
        base_path = self.base_path_of(service, version)
        return f"https://{self.name}/{base_path}/" if base_path else f"https://{self.name}/"
