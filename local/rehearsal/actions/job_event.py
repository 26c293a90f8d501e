"""The job of a Lambda action, as its function gets it (AWS: "Lambda", example JSON event)."""

from collections.abc import Mapping, Sequence
from typing import Any

from local.rehearsal.actions import ActionContext
from local.rehearsal.definition import Action


def job_event(identity: str, context: ActionContext, data: Mapping[str, Any]) -> dict[str, Any]:
    """The event of an invocation."""
    account = context.pipeline_account or context.account
    return {"CodePipeline.job": {"id": identity, "accountId": account, "data": data}}


def job_data(action: Action, context: ActionContext, token: str | None) -> dict[str, Any]:
    """What the job is about. ``token`` is the continuation that the last job asked for."""
    key = context.encryption_key
    return {
        "actionConfiguration": {"configuration": dict(action.configuration)},
        "inputArtifacts": _artifacts(action.inputs, context),
        "outputArtifacts": _artifacts(action.outputs, context),
        "artifactCredentials": {
            # The embedded AWS takes a 12-digit access key for the account.
            "accessKeyId": context.pipeline_account or context.account,
            "secretAccessKey": "local",
            "sessionToken": "local",
        },
        **({"continuationToken": token} if token else {}),
        **({"encryptionKey": {"id": key, "type": "KMS"}} if key else {}),
    }


def _artifacts(names: Sequence[str], context: ActionContext) -> list[dict[str, Any]]:
    return [
        {
            "name": name,
            "revision": None,
            "location": {
                "type": "S3",
                "s3Location": {
                    "bucketName": context.locations[name].bucket,
                    "objectKey": context.locations[name].key,
                },
            },
        }
        for name in names
    ]
