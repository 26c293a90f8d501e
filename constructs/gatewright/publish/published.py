"""The contracts that a release published: the documents that the next one is compared with."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Protocol

from gatewright.contract.document import JsonObject

LATEST = "openapi/latest"
"""Where the published documents are, below the place that a release publishes to."""

_S3 = "s3://"
_API = re.compile(r"[a-z][a-z0-9-]*-v[1-9][0-9]*")
# Releases that published no SDKs wrote the API version.
_VERSION = re.compile(r"v[1-9][0-9]*|[0-9]+\.[0-9]+\.[0-9]+")


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

    ``place`` is a folder, which need not be there yet, or `s3://<bucket>/<prefix>`, for which
    ``s3`` is asked, boto3's own client by default. Raises PublishedError.
    """
    contents = _objects(place, s3) if place.startswith(_S3) else _files(Path(place))
    return {
        name.removesuffix(".json"): _document(f"{place}/{name}", name, content)
        for name, content in sorted(contents.items())
    }


def _document(where: str, name: str, content: bytes) -> JsonObject:
    if not _API.fullmatch(name.removesuffix(".json")):
        raise PublishedError(f"{where}: not called <service>-v<n>.json. Remove it from there.")
    try:
        document: JsonObject = json.loads(content)
    except ValueError:
        raise _no_document(where, "it is not JSON in UTF-8") from None
    info = document.get("info") if isinstance(document, dict) else None
    if not isinstance(info, dict) or not isinstance(document.get("paths"), dict):
        raise _no_document(where, "it has no `info` or no `paths`")
    version = info.get("version")
    if not isinstance(version, str) or not _VERSION.fullmatch(version):
        raise _no_document(where, f"its info.version is {version!r}, and should be like 1.2.3")
    return document


def _no_document(where: str, why: str) -> PublishedError:
    return PublishedError(
        f"{where}: not an OpenAPI document as a release publishes it: {why}. "
        "Restore it from an earlier commit or release."
    )


def _files(folder: Path) -> dict[str, bytes]:
    try:
        return {file.name: file.read_bytes() for file in folder.glob("*.json")}
    except OSError as error:
        raise PublishedError(
            f"{error.filename}: cannot be read: {error.strerror}. Remove it, or make it readable."
        ) from None


def _objects(place: str, s3: ObjectStore | None) -> dict[str, bytes]:
    from botocore.exceptions import BotoCoreError, ClientError

    bucket, _, prefix = place.removeprefix(_S3).partition("/")
    try:
        client = s3 or _client()
        return {
            key.rpartition("/")[2]: client.get_object(Bucket=bucket, Key=key)["Body"].read()
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
