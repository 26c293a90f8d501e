"""The job that CodePipeline gives to the function of a Lambda action.

AWS: "Invoke an AWS Lambda function in a pipeline in CodePipeline", "Example JSON event".
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

TOKEN_LENGTH = 2048
"""The longest continuation token. AWS: PutJobSuccessResult."""


class JobEventError(Exception):
    """The function was invoked with something else than a job of CodePipeline."""


@dataclass(frozen=True, kw_only=True)
class Artifact:
    """An input artifact: where its zip is in S3."""

    name: str
    bucket: str
    key: str


@dataclass(frozen=True, kw_only=True)
class ArtifactCredentials:
    """Credentials for the artifacts of one job. They are never shown."""

    access_key_id: str = field(repr=False)
    secret_access_key: str = field(repr=False)
    session_token: str = field(repr=False)


@dataclass(frozen=True, kw_only=True)
class Job:
    """One job. ``progress`` is what an earlier job of the same action left for this one."""

    id: str
    user_parameters: str
    inputs: tuple[Artifact, ...]
    credentials: ArtifactCredentials | None
    progress: Mapping[str, Any]


def read_job(event: Mapping[str, Any]) -> Job:
    """Read the event of a Lambda action. Raises JobEventError."""
    try:
        job = event["CodePipeline.job"]
        data = job["data"]
        configuration = data["actionConfiguration"].get("configuration") or {}
        return Job(
            id=job["id"],
            user_parameters=configuration.get("UserParameters") or "",
            inputs=tuple(_artifact(item) for item in data.get("inputArtifacts") or ()),
            credentials=_credentials(data.get("artifactCredentials") or {}),
            progress=_progress(data.get("continuationToken")),
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise JobEventError(f"The event is no job of CodePipeline: {error!r}") from None


def continuation_token(progress: Mapping[str, Any]) -> str:
    """The token that brings ``progress`` to the next job. Raises ValueError if it is too long."""
    token = json.dumps(progress, separators=(",", ":"))
    if len(token) > TOKEN_LENGTH:
        raise ValueError(f"a continuation token of {len(token)} characters is above {TOKEN_LENGTH}")
    return token


def _progress(token: str | None) -> Mapping[str, Any]:
    if not token:
        return {}
    try:
        found = json.loads(token)
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise JobEventError("The continuation token is not one of this function.")
    return found


def _artifact(item: Mapping[str, Any]) -> Artifact:
    place = item["location"]["s3Location"]
    return Artifact(name=item["name"], bucket=place["bucketName"], key=place["objectKey"])


def _credentials(found: Mapping[str, Any]) -> ArtifactCredentials | None:
    if not found:
        return None
    return ArtifactCredentials(
        access_key_id=found["accessKeyId"],
        secret_access_key=found["secretAccessKey"],
        session_token=found.get("sessionToken") or "",
    )
