"""Variables of a build that come from elsewhere: Parameter Store and Secrets Manager."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from botocore.exceptions import ClientError

from local.rehearsal.actions import ActionFailedError
from local.rehearsal.actions.buildspec import Buildspec

_ARN_PARTS = 7  # arn:aws:secretsmanager:<region>:<account>:secret:<name>


@dataclass(frozen=True, kw_only=True)
class Variables:
    """Values by name; ``hidden`` are those that no log may show."""

    values: Mapping[str, str] = field(default_factory=dict)
    hidden: frozenset[str] = frozenset()


def resolve_variables(
    buildspec: Buildspec,
    project: Iterable[Mapping[str, str]],
    action: Iterable[Mapping[str, str]],
    client: Callable[[str], Any],
) -> Variables:
    """The variables of a build: the action's before the project's before the specification's.

    ``project`` and ``action`` are lists of name, value and type, which is PLAINTEXT,
    PARAMETER_STORE or SECRETS_MANAGER. Raises ActionFailedError for one that cannot be read.
    """
    wanted: dict[str, tuple[str, str]] = {
        **{name: (value, "PLAINTEXT") for name, value in buildspec.variables.items()},
        **{name: (value, "PARAMETER_STORE") for name, value in buildspec.parameter_store.items()},
        **{name: (value, "SECRETS_MANAGER") for name, value in buildspec.secrets_manager.items()},
    }
    for item in (*project, *action):
        wanted[item["name"]] = (item["value"], item.get("type", "PLAINTEXT"))
    reserved = sorted(name for name in wanted if name.startswith("CODEBUILD_"))
    if reserved:
        raise ActionFailedError(f"{', '.join(reserved)}: names with CODEBUILD_ are CodeBuild's own")
    read = {name: _read(name, *source, client) for name, source in wanted.items()}
    hidden = {read[name] for name, (_value, kind) in wanted.items() if kind != "PLAINTEXT"}
    return Variables(values=read, hidden=frozenset(hidden))


def action_variables(text: str | None) -> list[Mapping[str, str]]:
    """EnvironmentVariables of an action's configuration, a JSON list. Raises ActionFailedError."""
    try:
        found = json.loads(text or "[]")
        return [
            {
                "name": str(item["name"]),
                "value": str(item["value"]),
                "type": item.get("type", "PLAINTEXT"),
            }
            for item in found
        ]
    except (ValueError, KeyError, TypeError, AttributeError):
        raise ActionFailedError(
            f"EnvironmentVariables must be a JSON list of name, value and type: {text}"
        ) from None


def _read(name: str, value: str, kind: str, client: Callable[[str], Any]) -> str:
    try:
        match kind:
            case "PLAINTEXT":
                return value
            case "PARAMETER_STORE":
                found = client("ssm").get_parameter(Name=value, WithDecryption=True)
                return str(found["Parameter"]["Value"])
            case "SECRETS_MANAGER":
                return _secret(value, client("secretsmanager"))
    except ClientError as error:
        message = error.response["Error"]["Message"]
        raise ActionFailedError(f"Variable {name} ({kind} {value}): {message}") from None
    raise ActionFailedError(f"Variable {name} has the type {kind!r}, which is none of CodeBuild's")


def _secret(reference: str, secrets: Any) -> str:
    """``secret-id:json-key:version-stage:version-id``, whose last three are optional."""
    parts = reference.split(":")
    own = _ARN_PARTS if reference.startswith("arn:") else 1
    identity, rest = ":".join(parts[:own]), [*parts[own:], "", "", ""]
    key, stage, version = rest[:3]
    found = secrets.get_secret_value(
        SecretId=identity,
        **({"VersionStage": stage} if stage else {}),
        **({"VersionId": version} if version else {}),
    )
    text = str(found["SecretString"])
    if not key:
        return text
    try:
        return str(json.loads(text)[key])
    except (ValueError, KeyError, TypeError):
        raise ActionFailedError(f"Secret {identity} has no key {key!r}") from None
