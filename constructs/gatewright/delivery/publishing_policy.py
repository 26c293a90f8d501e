"""What the step that publishes may do, after the table of what publishing calls."""

from collections.abc import Iterator, Mapping
from typing import Any

from aws_cdk import ArnFormat, Stack
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from constructs import IConstruct

from gatewright.config.sdks import Sdks
from gatewright.delivery.artifact_store import ArtifactStore
from gatewright.publish.permissions import ACTIONS

# It knows no resources; the condition is all that narrows it.
_CONDITIONS: Mapping[str, dict[str, Any]] = {
    "sts:GetServiceBearerToken": {
        "StringEquals": {"sts:AWSServiceName": "codeartifact.amazonaws.com"}
    }
}


class PublishingPolicy:
    """Puts the names of this pipeline's resources into `gatewright.publish.permissions`."""

    def __init__(
        self, scope: IConstruct, *, sdks: Sdks, store: ArtifactStore, signs_with: kms.IKey
    ) -> None:
        self._stack = Stack.of(scope)
        self._sdks = sdks
        self._store = store
        self._signing_key = signs_with

    def statements(self) -> Iterator[iam.PolicyStatement]:
        """One for each action and kind of resource. The CDK puts equal ones together."""
        resources = {**self._bucket(), **self._codeartifact(), "secret": self._secret(), "*": ["*"]}
        for part in self._parts():
            for action, kind in ACTIONS[part].items():
                yield iam.PolicyStatement(
                    actions=[action],
                    resources=resources[kind],
                    conditions=_CONDITIONS.get(action),
                )

    def _parts(self) -> Iterator[str]:
        yield from ("read", "write", "encrypted bucket", "sign", "public key")
        if self._sdks.codeartifact:
            yield "codeartifact"
        if self._sdks.indexes and self._sdks.indexes.secret:
            yield "secret"

    def _bucket(self) -> dict[str, list[str]]:
        bucket = self._store.bucket
        return {
            "bucket": [bucket.bucket_arn],
            "published": [bucket.arn_for_objects(f"{name}/*") for name in ("openapi", "sdks")],
            "latest": [bucket.arn_for_objects("openapi/latest/*")],
            "public key": [bucket.arn_for_objects("signing-key.pem")],
            "bucket key": [self._store.key.key_arn],
            "signing key": [self._signing_key.key_arn],
        }

    def _codeartifact(self) -> dict[str, list[str]]:
        place = self._sdks.codeartifact
        if place is None:
            return {}
        repository = f"{place.domain}/{place.repository}"
        names = {
            "domain": ("domain", place.domain),
            "repository": ("repository", repository),
            "packages": ("package", f"{repository}/*"),
        }
        return {
            kind: [
                self._stack.format_arn(
                    service="codeartifact",
                    account=place.owner or self._stack.account,
                    resource=resource,
                    resource_name=name,
                )
            ]
            for kind, (resource, name) in names.items()
        }

    def _secret(self) -> list[str]:
        indexes = self._sdks.indexes
        if indexes is None or indexes.secret is None:
            return []
        # Secrets Manager adds six characters to a secret's name in its ARN.
        return [
            self._stack.format_arn(
                service="secretsmanager",
                resource="secret",
                resource_name=f"{indexes.secret}-??????",
                arn_format=ArnFormat.COLON_RESOURCE_NAME,
            )
        ]
