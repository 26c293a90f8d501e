"""An API key: a name, and a value that the service generates."""

from aws_cdk import RemovalPolicy
from aws_cdk import aws_apigateway as apigateway
from constructs import Construct


class ApiKey(Construct):
    """A key that is on no plan yet. Its value is in no template and no output.

    A key is apart from the plans it is on, so that moving it to another plan keeps its value.
    ``protect`` keeps it when its stack is deleted. AWS: "Usage plans and API keys for REST APIs".
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        name: str,
        enabled: bool = True,
        description: str | None = None,
        protect: bool = False,
    ) -> None:
        super().__init__(scope, construct_id)
        key = apigateway.CfnApiKey(
            self, "Resource", name=name, enabled=enabled, description=description
        )
        if protect:
            key.apply_removal_policy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE)
        self.key_id = key.ref
