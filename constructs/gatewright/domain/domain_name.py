"""A regional domain name, its certificate, and its records in Route 53."""

from dataclasses import dataclass

from aws_cdk import aws_apigateway as apigateway
from aws_cdk import aws_certificatemanager as acm
from aws_cdk import aws_route53 as route53
from constructs import Construct

from gatewright.api.security_policy import access_mode

MAPPINGS_ONLY = "BASE_PATH_MAPPING_ONLY"
RULES_FIRST = "ROUTING_RULE_THEN_BASE_PATH_MAPPING"


@dataclass(frozen=True, kw_only=True)
class Truststore:
    """The certificates that callers' are signed by: ``s3://...``, and a version of it or None."""

    uri: str
    version: str | None = None


class DomainName(Construct):
    """A domain name for REST APIs of the region.

    ``certificate_arn`` is of ACM, in the region; without it one is requested and proved by a record
    in the zone ``hosted_zone_id``, which also gets records of the name itself, for IPv4 and IPv6.
    Without a zone somebody else has to point the name at ``target``. AWS: "Set up a Regional custom
    domain name in API Gateway", AWS::ApiGateway::DomainName.
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        name: str,
        certificate_arn: str | None,
        hosted_zone_id: str | None,
        security_policy: str,
        routing_mode: str = MAPPINGS_ONLY,
        truststore: Truststore | None = None,
    ) -> None:
        super().__init__(scope, construct_id)
        self.name = name
        self._zone_id = hosted_zone_id
        self._resource = apigateway.CfnDomainName(
            self,
            "Resource",
            domain_name=name,
            regional_certificate_arn=certificate_arn or self._certificate(),
            endpoint_configuration=apigateway.CfnDomainName.EndpointConfigurationProperty(
                types=["REGIONAL"], ip_address_type="dualstack"
            ),
            security_policy=security_policy,
            endpoint_access_mode=access_mode(security_policy),
            routing_mode=routing_mode,
            mutual_tls_authentication=_mutual_tls(truststore) if truststore else None,
        )
        self.reference = self._resource.ref
        self.arn = self._resource.attr_domain_name_arn
        self.target = self._resource.attr_regional_domain_name
        if hosted_zone_id:
            for kind in ("A", "AAAA"):
                self._record(kind, hosted_zone_id)

    def _certificate(self) -> str:
        if self._zone_id is None:
            raise ValueError(f"{self.name}: give certificate_arn, or hosted_zone_id to make one")
        return acm.CfnCertificate(
            self,
            "Certificate",
            domain_name=self.name,
            validation_method="DNS",
            domain_validation_options=[
                acm.CfnCertificate.DomainValidationOptionProperty(
                    domain_name=self.name, hosted_zone_id=self._zone_id
                )
            ],
        ).ref

    def _record(self, kind: str, zone_id: str) -> None:
        route53.CfnRecordSet(
            self,
            f"Record{kind}",
            hosted_zone_id=zone_id,
            name=self.name,
            type=kind,
            alias_target=route53.CfnRecordSet.AliasTargetProperty(
                dns_name=self.target,
                hosted_zone_id=self._resource.attr_regional_hosted_zone_id,
                evaluate_target_health=False,
            ),
        )


def _mutual_tls(truststore: Truststore) -> apigateway.CfnDomainName.MutualTlsAuthenticationProperty:
    return apigateway.CfnDomainName.MutualTlsAuthenticationProperty(
        truststore_uri=truststore.uri, truststore_version=truststore.version
    )
