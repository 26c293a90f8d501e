"""The artifact with the documents: fetched from S3, unpacked, read."""

import io
import json
import stat
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any
from zipfile import BadZipFile, ZipFile, ZipInfo

from gatewright.checks.clients import Clients, artifact_clients
from gatewright.checks.errors import CheckError
from gatewright.checks.job import Job

Document = Mapping[str, Any]
"""An OpenAPI document."""

MOST_BYTES = 100_000_000
"""The largest artifact, packed and unpacked. Lambda gives a function 512 MB of files."""
_MOST_FILES = 10_000


@dataclass(frozen=True, kw_only=True)
class Documents:
    """What an artifact holds: OpenAPI documents by API, and the folder with services' checks."""

    apis: Mapping[str, Document]
    checks: Path


def fetch(job: Job, clients: Clients | None, folder: Path) -> Documents:
    """Unpack the first input artifact of ``job`` into ``folder`` and read it.

    ``clients`` are made with the job's credentials for its artifacts unless they are given. Raises
    CheckError.
    """
    if not job.inputs:
        raise CheckError("The action has no input artifact: give it the one with the documents.")
    artifact = job.inputs[0]
    clients = clients or _clients_of(job)
    found = clients("s3").get_object(Bucket=artifact.bucket, Key=artifact.key)
    if found["ContentLength"] > MOST_BYTES:
        raise CheckError(f"Artifact {artifact.name} is larger than {MOST_BYTES} bytes.")
    unpack(found["Body"].read(), folder)
    return read_documents(folder)


def _clients_of(job: Job) -> Clients:
    if job.credentials is None:
        raise CheckError("The job has no credentials for its artifacts.")
    return artifact_clients(job.credentials)


def unpack(content: bytes, folder: Path) -> None:
    """Unpack a zip, unless something in it would land elsewhere or is too large: CheckError."""
    try:
        with ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            for entry in entries:
                if _leaves_folder(entry):
                    raise CheckError(f"The artifact has a file of a forbidden name: {entry}")
            # What a zip says of its sizes is kept: zipfile reads no byte more.
            if len(entries) > _MOST_FILES or sum(e.file_size for e in entries) > MOST_BYTES:
                raise CheckError(f"The artifact is larger than {MOST_BYTES} bytes when unpacked.")
            archive.extractall(folder)
    except BadZipFile as error:
        raise CheckError(f"The artifact is no zip: {error}") from None


def read_documents(folder: Path) -> Documents:
    """Read an unpacked artifact. Raises CheckError with the file that is wrong."""
    apis = read_openapi(folder / "openapi")
    if not apis:
        raise CheckError("The artifact has no OpenAPI document, openapi/<api>.json.")
    return Documents(apis=apis, checks=folder / "checks")


def read_openapi(folder: Path) -> Mapping[str, Document]:
    """Read the OpenAPI documents ``<api>.json`` of a folder. Raises CheckError."""
    return {path.stem: _document(path) for path in sorted(folder.glob("*.json"))}


def _leaves_folder(entry: ZipInfo) -> bool:
    path = PurePosixPath(entry.filename)
    links = stat.S_ISLNK(entry.external_attr >> 16)
    return links or path.is_absolute() or ".." in path.parts or "\\" in entry.filename


def _document(path: Path) -> Document:
    try:
        found = json.loads(path.read_text())
    except ValueError as error:
        raise CheckError(f"openapi/{path.name} is not JSON: {error}") from None
    if not isinstance(found, dict) or not isinstance(found.get("paths"), dict):
        raise CheckError(f"openapi/{path.name} is no OpenAPI document: it has no paths.")
    return found
