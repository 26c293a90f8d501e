"""What an action's configuration asks of CloudFormation: template, parameters, tags, rights."""

import contextlib
import json
import secrets
from collections.abc import Mapping
from typing import Any

from botocore.exceptions import ClientError

from local.rehearsal.actions import ActionContext, ActionFailedError
from local.rehearsal.definition import Action
from local.rehearsal.zips import read_member

# AWS: CloudFormation's "Quotas", template body size in a request.
_BODY_BYTES = 51_200


def stack_request(action: Action, context: ActionContext) -> dict[str, Any]:
    """Arguments of CreateStack, UpdateStack and CreateChangeSet. Raises ActionFailedError."""
    settings = action.configuration
    configured = _configuration(settings, context)
    parameters = {**configured.get("Parameters", {}), **_overrides(settings, context)}
    tags = configured.get("Tags", {})
    role, capabilities = settings.get("RoleArn"), settings.get("Capabilities", "")
    return {
        **_template(settings, context),
        "Parameters": [
            {"ParameterKey": name, "ParameterValue": str(value)}
            for name, value in parameters.items()
        ],
        "Tags": [{"Key": name, "Value": str(value)} for name, value in tags.items()],
        "Capabilities": [name.strip() for name in capabilities.split(",") if name.strip()],
        **({"RoleARN": role} if role else {}),
    }


def _template(settings: Mapping[str, str], context: ActionContext) -> dict[str, str]:
    content = _artifact_file(settings, "TemplatePath", context)
    if len(content) <= _BODY_BYTES:
        return {"TemplateBody": content.decode()}
    # Buckets of the embedded AWS are seen from their own account only.
    bucket = f"codepipeline-templates-{context.account}-{context.region}"
    key = f"{context.pipeline}/{secrets.token_hex(8)}.template"
    s3 = context.client("s3")
    with contextlib.suppress(ClientError):  # it is there
        s3.create_bucket(Bucket=bucket)
    s3.put_object(Bucket=bucket, Key=key, Body=content)
    return {"TemplateURL": f"{context.aws.socket_url}/{bucket}/{key}"}


def _configuration(settings: Mapping[str, str], context: ActionContext) -> dict[str, Any]:
    """The template configuration file (AWS: "CloudFormation artifacts")."""
    if not settings.get("TemplateConfiguration"):
        return {}
    content = _artifact_file(settings, "TemplateConfiguration", context)
    found = _json(content, "The template configuration")
    unknown = sorted(set(found) - {"Parameters", "Tags"})
    if unknown:
        raise ActionFailedError(
            f"A rehearsal does not know {', '.join(unknown)} of a template configuration, only "
            "Parameters and Tags."
        )
    return found


def _overrides(settings: Mapping[str, str], context: ActionContext) -> dict[str, str]:
    """ParameterOverrides (AWS: "Using parameter override functions with CodePipeline")."""
    found = _json(settings.get("ParameterOverrides") or "{}", "ParameterOverrides")
    return {name: _override(value, context) for name, value in found.items()}


def _override(value: Any, context: ActionContext) -> str:
    match value:
        case {"Fn::GetParam": [artifact, file, key]}:
            return str(_json(_member(artifact, file, context), file)[key])
        case {"Fn::GetArtifactAtt": [artifact, "BucketName"]}:
            return context.locations[artifact].bucket
        case {"Fn::GetArtifactAtt": [artifact, "ObjectKey"]}:
            return context.locations[artifact].key
        case {"Fn::GetArtifactAtt": [artifact, "URL"]}:
            location = context.locations[artifact]
            return f"{context.aws.socket_url}/{location.bucket}/{location.key}"
        case str() | int() | float():
            return str(value)
    raise ActionFailedError(f"ParameterOverrides has a value that is not known: {value!r}")


def _artifact_file(settings: Mapping[str, str], name: str, context: ActionContext) -> bytes:
    artifact, separator, path = settings.get(name, "").partition("::")
    if not separator:
        raise ActionFailedError(f"{name} must be <artifact>::<path>, and is {settings.get(name)!r}")
    return _member(artifact, path, context)


def _member(artifact: str, path: str, context: ActionContext) -> bytes:
    if artifact not in context.inputs:
        raise ActionFailedError(f"The action has no input artifact {artifact!r}.")
    content = read_member(context.inputs[artifact], path)
    if content is None:
        raise ActionFailedError(f"Artifact {artifact} has no file {path}.")
    return content


def _json(text: str | bytes, what: str) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except ValueError as error:
        raise ActionFailedError(f"{what} is not JSON: {error}") from None
    if not isinstance(found, dict):
        raise ActionFailedError(f"{what} is not a JSON object.")
    return found
