"""A snapshot of a REST API, made anew exactly when what it snapshots changes."""

import hashlib

from aws_cdk import aws_apigateway as apigateway
from constructs import Construct, IDependable

from gatewright.api.rest_api import RestApi
from gatewright.release.retention import keep_for_rollback

_SALT_DIGITS = 16


class Deployment(Construct):
    """A deployment whose logical id carries the hash of the resolved gateway document.

    CloudFormation never updates a deployment: a changed API behind an unchanged logical id
    stays unpublished. With the hash in it, a changed route, validator, authorizer or gateway
    response always gives a new deployment, and nothing else does. Its description is the newest
    ``alias_name`` that was released on it, so that a release can be found again.
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        rest_api: RestApi,
        after: list[IDependable],
        alias_name: str | None = None,
    ) -> None:
        super().__init__(scope, construct_id)
        salt = _salt(rest_api.snapshot)
        resource = apigateway.CfnDeployment(
            self,
            f"Resource-{salt}",
            rest_api_id=rest_api.rest_api_id,
            description=alias_name,
        )
        resource.node.add_dependency(rest_api, *after)
        keep_for_rollback(resource)
        self.deployment_id = resource.attr_deployment_id


def _salt(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:_SALT_DIGITS]
