"""What integrations are bound to in a deployment: names and ARNs, some of them tokens."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class DeployedTable:
    """A DynamoDB table of the service: its name and ARN on AWS."""

    name: Any
    arn: Any


@dataclass(frozen=True)
class DeployedVpcLink:
    """A VPC link: its id, and the ARN of the load balancer that it leads to."""

    link_id: Any
    load_balancer: Any


@dataclass(frozen=True)
class Deployed:
    """The values that only a deployment has. Any of them may be a token of the CDK.

    ``functions`` has the invocation URI of each handler that an integration names; ``tables`` the
    service's tables by name; ``resources`` the ARNs that the environment declares, by name;
    ``vpc_links`` the VPC links, by name; ``role_arn`` the role with which API Gateway
    calls AWS services.
    """

    partition: Any = "aws"
    region: Any = "us-east-1"
    account: Any = "000000000000"
    role_arn: Any = None
    functions: Mapping[str, Any] = field(default_factory=dict)
    tables: Mapping[str, DeployedTable] = field(default_factory=dict)
    resources: Mapping[str, str] = field(default_factory=dict)
    vpc_links: Mapping[str, DeployedVpcLink] = field(default_factory=dict)

    def service_uri(self, service: str, call: str) -> str:
        """``arn:<partition>:apigateway:<region>:<service>:<call>``.

        AWS: "Integration" of the API Gateway API, ``uri``; ``call`` is ``action/<name>`` or
        ``path/<path>``.
        """
        return f"arn:{self.partition}:apigateway:{self.region}:{service}:{call}"

    def arn(self, reference: str) -> str:
        """The ARN that ``reference`` is, or that the environment declares under that name.

        ``{account}`` and ``{region}`` in it are those of the deployment.
        """
        text = reference if reference.startswith("arn:") else self.resources[reference]
        return self.filled(text)

    def filled(self, text: str) -> str:
        """``text`` with the account and the region of the deployment in it."""
        return text.replace("{account}", str(self.account)).replace("{region}", str(self.region))


@dataclass(frozen=True)
class Permission:
    """One action of an AWS service on one resource."""

    action: str
    resource: Any
