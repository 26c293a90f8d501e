"""S3 actions: a source when they are of the category Source, and a deployment otherwise."""

import mimetypes
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from local.rehearsal.actions import ActionContext, ActionFailedError, ActionResult, Runner
from local.rehearsal.definition import Action


class S3Runner:
    """Hands sources to ``source``, and puts the files of an artifact into a bucket.

    AWS: "Amazon S3 deploy action reference". ``Extract`` puts each file below ``ObjectKey``;
    otherwise the whole zip becomes the object of that key.
    """

    def __init__(self, source: Runner) -> None:
        self._source = source

    def run(self, action: Action, context: ActionContext) -> ActionResult:
        """Do it. Raises ActionFailedError without exactly one artifact, or without its bucket."""
        if action.category == "Source":
            return self._source.run(action, context)
        if len(context.inputs) != 1:
            raise ActionFailedError("An S3 deployment takes exactly one artifact.")
        settings = action.configuration
        [artifact] = context.inputs.values()
        s3, bucket = context.client("s3"), settings["BucketName"]
        key = settings.get("ObjectKey", "")
        try:
            if settings.get("Extract") == "true":
                names = _extract(s3, bucket, key, artifact, context)
            else:
                s3.put_object(Bucket=bucket, Key=key, Body=artifact.read_bytes())
                names = [key]
        except s3.exceptions.ClientError as error:
            raise ActionFailedError(f"{bucket}: {error.response['Error']['Message']}") from None
        return ActionResult(summary=f"{len(names)} files in s3://{bucket}/{key}")


def _extract(
    s3: Any, bucket: str, prefix: str, artifact: Path, context: ActionContext
) -> list[str]:
    names = []
    with ZipFile(artifact) as archive:
        for name in archive.namelist():
            if name.endswith("/"):
                continue
            key = f"{prefix.strip('/')}/{name}".lstrip("/")
            kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
            s3.put_object(Bucket=bucket, Key=key, Body=archive.read(name), ContentType=kind)
            context.log.say(f"s3://{bucket}/{key}")
            names.append(key)
    return names
