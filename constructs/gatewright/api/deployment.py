"""A snapshot of a REST API, made anew exactly when what it snapshots changes."""

import hashlib
import json
import re
from collections.abc import Mapping
from typing import Any

from aws_cdk import Stack
from aws_cdk import aws_apigateway as apigateway
from constructs import Construct, IDependable

from gatewright.api.rest_api import RestApi
from gatewright.release.retention import keep_for_rollback

_SALT_DIGITS = 16
_JSON_STRING = re.compile(r'"(?:[^"\\]|\\.)*"')
# How a CDK token begins inside a string. AWS CDK: "Tokens and the AWS CDK".
_UNRESOLVED = "${Token["


class Deployment(Construct):
    """A deployment whose logical id carries the hash of the resolved gateway document.

    CloudFormation never updates a deployment: a changed API behind an unchanged logical id
    stays unpublished. With the hash in it, a changed route, validator, authorizer or gateway
    response always gives a new deployment, and nothing else does.
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        rest_api: RestApi,
        after: list[IDependable],
    ) -> None:
        super().__init__(scope, construct_id)
        # Only where there are any: other APIs keep their deployments.
        snapshot = {**rest_api.document, **rest_api.settings}
        salt = _salt(snapshot, Stack.of(self))
        resource = apigateway.CfnDeployment(
            self, f"Resource-{salt}", rest_api_id=rest_api.rest_api_id
        )
        resource.node.add_dependency(rest_api, *after)
        keep_for_rollback(resource)
        self.deployment_id = resource.attr_deployment_id


def _salt(document: Mapping[str, Any], stack: Stack) -> str:
    """The hash of a gateway document in which CDK tokens are resolved."""
    text = _json(document)
    # A document of many routes takes long to cross to the CDK and back; its few tokens do not.
    for string in {found for found in _JSON_STRING.findall(text) if _UNRESOLVED in found}:
        text = text.replace(string, _json(stack.resolve(json.loads(string))))
    return hashlib.sha256(text.encode()).hexdigest()[:_SALT_DIGITS]


def _json(value: Any) -> str:
    return json.dumps(value, sort_keys=True, separators=(",", ":"))
