"""The contracts that a release published: the documents that the next one is compared with."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Protocol

from gatewright.contract.document import JsonObject

LATEST = "openapi/latest"
"""Where the published documents are, below the place that a release publishes to."""

_S3 = "s3://"


class PublishedError(Exception):
    """What was published cannot be read."""


class ObjectStore(Protocol):
    """The calls of S3 that are made. A boto3 client has them."""

    def get_paginator(self, operation_name: Any, /) -> Any:
        """Pages of a list."""

    def get_object(self, *, Bucket: str, Key: str) -> Any:  # noqa: N803
        """An object."""


def read_published(place: str, s3: ObjectStore | None = None) -> dict[str, JsonObject]:
    """The documents at ``place`` by their API's name, none where nothing is published yet.

    ``place`` is a folder, or `s3://<bucket>/<prefix>`, for which ``s3`` is asked, boto3's own
    client by default. Raises PublishedError.
    """
    texts = _objects(place, s3) if place.startswith(_S3) else _files(Path(place))
    return dict(sorted(_documents(place, texts).items()))


def _documents(place: str, texts: Mapping[str, str]) -> dict[str, JsonObject]:
    found = {}
    for name, text in texts.items():
        try:
            document = json.loads(text)
            document["paths"], document["info"]["version"]
        except (ValueError, TypeError, KeyError) as error:
            raise PublishedError(
                f"{place}/{name}: not an OpenAPI document as a release publishes it: {error!r}. "
                "Restore it from an earlier commit or release."
            ) from None
        found[name.removesuffix(".json")] = document
    return found


def _files(folder: Path) -> dict[str, str]:
    return {file.name: file.read_text("utf-8") for file in folder.glob("*.json")}


def _objects(place: str, s3: ObjectStore | None) -> dict[str, str]:
    from botocore.exceptions import BotoCoreError, ClientError

    bucket, _, prefix = place.removeprefix(_S3).partition("/")
    try:
        client = s3 or _client()
        return {
            key.rpartition("/")[2]: client.get_object(Bucket=bucket, Key=key)["Body"]
            .read()
            .decode()
            for key in _keys(client, bucket, f"{prefix.rstrip('/')}/")
        }
    except (BotoCoreError, ClientError) as error:
        raise PublishedError(f"{place}: what was published cannot be read: {error}") from None


def _keys(client: ObjectStore, bucket: str, prefix: str) -> Iterator[str]:
    pages = client.get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix=prefix)
    for page in pages:
        for item in page.get("Contents", ()):
            name = item["Key"].removeprefix(prefix)
            if name.endswith(".json") and "/" not in name:
                yield item["Key"]


def _client() -> ObjectStore:
    import boto3

    client: ObjectStore = boto3.client("s3")
    return client
