"""The $context variables of mapping templates and parameter mappings.

AWS: "Variables for data transformations for API Gateway". Those for access logs alone are not
here.
"""

from gatewright.integrations.flaw import Flaw
from gatewright.nearest import did_you_mean

_IDENTITY = (
    "accountId", "apiKey", "apiKeyId", "caller", "cognitoAuthenticationProvider",
    "cognitoAuthenticationType", "cognitoIdentityId", "cognitoIdentityPoolId", "principalOrgId",
    "sourceIp", "user", "userAgent", "userArn", "vpcId", "vpceId",
    "clientCert.clientCertPem", "clientCert.subjectDN", "clientCert.issuerDN",
    "clientCert.serialNumber", "clientCert.validity.notBefore", "clientCert.validity.notAfter",
)  # fmt: skip
CONTEXT_NAMES = frozenset((
    "accountId", "apiId", "authorizer.principalId", "awsEndpointRequestId", "deploymentId",
    "domainName", "domainPrefix", "extendedRequestId", "httpMethod", "isCanaryRequest", "path",
    "protocol", "requestId", "requestOverride", "requestTime", "requestTimeEpoch",
    "resourceId", "resourcePath", "responseOverride", "responseOverride.status", "stage",
    "wafResponseCode", "webaclArn",
    *(f"identity.{name}" for name in _IDENTITY),
))  # fmt: skip

# A name of the caller's, or of the authorizer's, follows.
_OPEN = (
    "authorizer.",
    "authorizer.claims.",
    "requestOverride.header.",
    "requestOverride.path.",
    "requestOverride.querystring.",
    "responseOverride.header.",
)
_GROUPS = frozenset((
    "authorizer", "authorizer.claims", "identity", "identity.clientCert",
    "identity.clientCert.validity", "requestOverride.header", "requestOverride.path",
    "requestOverride.querystring", "responseOverride.header",
))  # fmt: skip


def context_flaw(name: str) -> Flaw | None:
    """What is wrong with ``$context.<name>``, or None."""
    if name in CONTEXT_NAMES or name in _GROUPS or name.startswith(_OPEN):
        return None
    remedy = did_you_mean(name, CONTEXT_NAMES) or "see AWS: variables for data transformations"
    return Flaw(f"API Gateway has no $context.{name}", remedy)
