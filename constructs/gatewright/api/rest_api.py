"""One AWS::ApiGateway::RestApi from a compiled contract."""

from collections.abc import Mapping
from typing import Any

from aws_cdk import aws_apigateway as apigateway
from constructs import Construct

from gatewright.api.reach import Reach
from gatewright.operations.findings import acknowledge


class RestApi(Construct):
    """A regional REST API whose routes are the gateway document.

    ``document`` is OpenAPI in API Gateway's dialect, and holds everything that a deployment
    snapshots: key source and binary types are in it and not properties of the resource, so that
    its hash alone tells whether a new deployment is due. What else a deployment puts into effect is
    in ``settings``: that the default endpoint is disabled.
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        name: str,
        document: Mapping[str, Any],
        reach: Reach = Reach(),
    ) -> None:
        super().__init__(scope, construct_id)
        self.document = document
        self.settings = {} if reach.default_endpoint else {"DisableExecuteApiEndpoint": True}
        self._resource = apigateway.CfnRestApi(
            self,
            "Resource",
            name=name,
            body=document,
            disable_execute_api_endpoint=None if reach.default_endpoint else True,
            security_policy=reach.security_policy,
            endpoint_access_mode=reach.endpoint_access_mode,
            endpoint_configuration=apigateway.CfnRestApi.EndpointConfigurationProperty(
                types=["REGIONAL"]
            ),
        )
        acknowledge(
            self._resource,
            "APIG2",
            "The validators are in the OpenAPI body, where this rule does not look. The contract's "
            "own check refuses an operation with input and without a validator.",
        )

    @property
    def rest_api_id(self) -> str:
        """The API's id, known at deployment."""
        return self._resource.ref
