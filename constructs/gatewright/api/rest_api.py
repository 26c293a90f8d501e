"""One AWS::ApiGateway::RestApi from a compiled contract."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from aws_cdk import Stack
from aws_cdk import aws_apigateway as apigateway
from constructs import Construct

from gatewright.api.document_synthesizer import DocumentSynthesizer
from gatewright.api.plain_document import UNRESOLVED
from gatewright.operations.findings import acknowledge

_JSON_STRING = re.compile(r'"(?:[^"\\]|\\.)*"')


@dataclass(frozen=True, kw_only=True)
class EndpointSettings:
    """Where an API is reached: ``REGIONAL``, ``EDGE`` or ``PRIVATE``, and by which TLS.

    ``vpc_endpoints`` are the ids of those that a private API is called through; the gateway
    document lets nobody else in. ``security_policy`` is AWS's default when None; one that begins
    with ``SecurityPolicy_`` needs an ``access_mode``, ``STRICT`` or ``BASIC``. ``default_endpoint``
    says whether an API with a domain answers at AWS's own address as well. AWS: "API endpoint
    types", "Security policies for REST APIs", "Disable the default endpoint for REST APIs".
    """

    kind: str = "REGIONAL"
    vpc_endpoints: tuple[str, ...] = ()
    security_policy: str | None = None
    access_mode: str | None = None
    default_endpoint: bool = True


class RestApi(Construct):
    """A REST API whose routes are the gateway document.

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
        endpoint: EndpointSettings = EndpointSettings(),
    ) -> None:
        super().__init__(scope, construct_id)
        self._document = document
        self._endpoint = endpoint
        self._resource = apigateway.CfnRestApi(
            self,
            "Resource",
            name=name,
            body=_body(self, document),
            disable_execute_api_endpoint=None if endpoint.default_endpoint else True,
            endpoint_configuration=apigateway.CfnRestApi.EndpointConfigurationProperty(
                types=[endpoint.kind],
                vpc_endpoint_ids=list(endpoint.vpc_endpoints) or None,
            ),
            security_policy=endpoint.security_policy,
            endpoint_access_mode=endpoint.access_mode,
        )
        acknowledge(
            self._resource,
            "APIG2",
            "The validators are in the OpenAPI body, where this rule does not look. The contract's "
            "own check refuses an operation with input and without a validator.",
        )

    @cached_property
    def text(self) -> str:
        """The document as JSON, with its CDK tokens resolved, and with sorted names."""
        stack = Stack.of(self)
        text = _json(self._document)
        # A document of many routes takes long to cross to the CDK and back; its few tokens do not.
        for string in {found for found in _JSON_STRING.findall(text) if UNRESOLVED in found}:
            text = text.replace(string, _json(stack.resolve(json.loads(string))))
        return text

    @property
    def snapshot(self) -> str:
        """All that a deployment takes: the document, and what only the resource can say."""
        # Only where it is said: other APIs keep their deployments.
        own = {} if self._endpoint.default_endpoint else {"DisableExecuteApiEndpoint": True}
        return self.text + (_json(own) if own else "")

    @property
    def rest_api_id(self) -> str:
        """The API's id, known at deployment."""
        return self._resource.ref


def _body(scope: Construct, document: Mapping[str, Any]) -> Mapping[str, Any]:
    synthesizer: object = Stack.of(scope).synthesizer
    return synthesizer.body(document) if isinstance(synthesizer, DocumentSynthesizer) else document


def _json(value: Any) -> str:
    return json.dumps(value, sort_keys=True, separators=(",", ":"))
