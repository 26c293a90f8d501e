"""What publishing asks of AWS: the source of the policy of the role that it runs with.

A test publishes and compares what was called with this table.
"""

from collections.abc import Mapping
from types import MappingProxyType

Actions = Mapping[str, str]
"""IAM actions, and the kind of resource that each is about.

``bucket`` the bucket of what is published, ``published`` its objects below `openapi/` and
`sdks/`, ``latest`` those below `openapi/latest/`, ``public key`` its `signing-key.pem`; ``bucket
key`` what encrypts it; ``signing key``; ``domain``, ``repository`` and ``packages`` of
CodeArtifact; ``secret``; ``*`` where AWS knows no resource for the action.
"""


def _frozen(actions: dict[str, str]) -> Actions:
    return MappingProxyType(actions)


ACTIONS: Mapping[str, Actions] = MappingProxyType(
    {
        "read": _frozen({"s3:ListBucket": "bucket", "s3:GetObject": "published"}),
        "write": _frozen({"s3:PutObject": "published", "s3:DeleteObject": "latest"}),
        "encrypted bucket": _frozen(
            {"kms:GenerateDataKey": "bucket key", "kms:Decrypt": "bucket key"}
        ),
        "sign": _frozen({"kms:Sign": "signing key", "kms:GetPublicKey": "signing key"}),
        "public key": _frozen({"s3:PutObject": "public key"}),
        # AWS: "Actions, resources, and condition keys for AWS CodeArtifact". The last three are
        # what twine, npm, Maven and the reading beforehand call over HTTPS.
        "codeartifact": _frozen(
            {
                "codeartifact:GetAuthorizationToken": "domain",
                "sts:GetServiceBearerToken": "*",
                "codeartifact:GetRepositoryEndpoint": "repository",
                "codeartifact:ReadFromRepository": "repository",
                "codeartifact:PublishPackageVersion": "packages",
                "codeartifact:PutPackageMetadata": "packages",
            }
        ),
        "secret": _frozen({"secretsmanager:GetSecretValue": "secret"}),
    }
)
"""Actions by the part that needs them. `sts:GetServiceBearerToken` is narrowed by the condition
`sts:AWSServiceName`, codeartifact.amazonaws.com. A secret with a key of its own needs kms:Decrypt
of that one besides."""
