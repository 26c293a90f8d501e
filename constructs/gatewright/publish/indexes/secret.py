"""The credentials of indexes, out of Secrets Manager."""

import json
from typing import Any

from gatewright.publish.errors import PublishError
from gatewright.publish.indexes.index import Credentials

_FORM = '{"username": ..., "password": ...}, or {"token": ...} for npm alone'


def read_credentials(name: str, secrets_manager: Any) -> Credentials:
    """Those in the secret ``name``. ``secrets_manager`` is boto3's client. Raises PublishError."""
    from botocore.exceptions import BotoCoreError, ClientError

    try:
        text = secrets_manager.get_secret_value(SecretId=name).get("SecretString")
    except (BotoCoreError, ClientError) as error:
        raise PublishError(
            f"the secret {name} of the indexes: {error}. Put {_FORM} into a secret of that name in "
            "this account and region, and let who runs this secretsmanager:GetSecretValue it."
        ) from None
    found = _object(text)
    known = Credentials(
        username=found.get("username", ""),
        password=found.get("password", ""),
        token=found.get("token", ""),
    )
    if known.token or (known.username and known.password):
        return known
    raise PublishError(f"the secret {name} of the indexes: it is not {_FORM}")


def _object(text: Any) -> dict[str, str]:
    try:
        found = json.loads(text)
    except (ValueError, TypeError):
        return {}
    if not isinstance(found, dict):
        return {}
    return {name: value for name, value in found.items() if isinstance(value, str)}
