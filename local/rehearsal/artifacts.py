"""Artifacts of an execution: zip files here, and objects in the pipeline's artifact buckets."""

import secrets
import string
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from local.rehearsal.actions import Location
from local.rehearsal.definition import Definition

_RANDOM = string.ascii_letters + string.digits
Client = Callable[[str, str], Any]  # of S3, by account and region


@dataclass(frozen=True, kw_only=True)
class Artifact:
    """A zip file of this machine, and the key that it has in each bucket."""

    file: Path
    key: str


class ArtifactStore:
    """Puts artifacts where the actions that take them look: in the bucket of their region."""

    def __init__(self, definition: Definition, region: str, client: Client) -> None:
        self._pipeline = definition.name
        self._buckets: Mapping[str, str] = definition.artifact_buckets
        self._account = definition.role_arn.split(":")[4]
        self._region = region
        self._client = client
        self._there: set[tuple[str, str]] = set()

    def new_key(self, artifact: str) -> str:
        """A key as CodePipeline makes it."""
        random = "".join(secrets.choice(_RANDOM) for _ in range(7))
        return f"{self._pipeline[:20]}/{artifact[:10]}/{random}"

    def location(self, key: str, region: str) -> Location:
        """Where the key is for an action in ``region``."""
        return Location(bucket=self._bucket(region), key=key)

    def ensure(self, artifact: Artifact, region: str) -> Location:
        """Put the artifact into the bucket of ``region`` unless it is there."""
        location = self.location(artifact.key, region)
        if (location.bucket, location.key) not in self._there:
            bucket_region = region if region in self._buckets else self._region
            with artifact.file.open("rb") as body:
                self._client(self._account, bucket_region).put_object(
                    Bucket=location.bucket, Key=location.key, Body=body
                )
            self._there.add((location.bucket, location.key))
        return location

    def _bucket(self, region: str) -> str:
        found = self._buckets.get(region) or self._buckets.get(self._region)
        return found or next(iter(self._buckets.values()))
