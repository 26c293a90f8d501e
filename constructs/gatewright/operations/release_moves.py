"""What an operator does to a release: end its bake, or go back to another at once."""

import json
import time
from collections.abc import Callable
from typing import Any, Literal

from gatewright.canary.record import RECORD, WISH, Record, read, write
from gatewright.operations.release_reading import permissions
from gatewright.operations.releases import ALIAS_VARIABLE, Release, ReleaseError, Retained

Wish = Literal["promote", "abort"]
_BAKING = ("waiting", "baking")
_PAUSE_SECONDS = 1.0


def end_bake(
    ssm: Any,
    parameter: str,
    wish: Wish,
    by: str,
    *,
    told: Callable[[Record], None],
    patience_seconds: float = 120,
) -> Record:
    """Have the controller end a bake, as healthy or not, and wait until it has.

    ``parameter`` is the path of the release's record; ``told`` is called with the record while it
    waits. Returns the record then. Raises ReleaseError where nothing bakes, or nothing happens.
    """
    record = read(ssm, f"{parameter}/{RECORD}")
    if record.get("state") not in _BAKING:
        state = record.get("state", "not known")
        raise ReleaseError(f"nothing bakes: the last release is {state}. Nothing was changed.")
    request = record["request"]
    write(ssm, f"{parameter}/{WISH}", {"wish": wish, "release": record["release"], "by": by})
    until = time.monotonic() + patience_seconds
    while time.monotonic() < until:
        record = read(ssm, f"{parameter}/{RECORD}")
        if record.get("request") != request or record.get("state") not in _BAKING:
            return record
        told(record)
        time.sleep(_PAUSE_SECONDS)
    raise ReleaseError(
        "the controller did not act: see the log of its functions in the environment's releases "
        "stack. The wish stays, and it acts on it when it looks again."
    )


def go_back(gateway: Any, functions: Any, found: Retained, stage: str, to: Release) -> None:
    """Have a stage serve another release, in one call: deployment and functions together.

    A canary is taken off first, since API Gateway moves no stage that has one. Raises ReleaseError
    where the release is not whole any more. ``functions`` is a boto3 client of Lambda.
    """
    check_whole(functions, found, to)
    where = {"restApiId": found.rest_api_id, "stageName": stage}
    if found.stages[stage].get("canarySettings"):
        remove = {"op": "remove", "path": "/canarySettings"}
        gateway.update_stage(**where, patchOperations=[remove])
    changes = {"/deploymentId": to.deployment_id}
    if to.alias:
        changes[f"/variables/{ALIAS_VARIABLE}"] = to.alias
    operations = [{"op": "replace", "path": path, "value": v} for path, v in changes.items()]
    gateway.update_stage(**where, patchOperations=operations)


def check_whole(functions: Any, found: Retained, to: Release) -> None:
    """Raise ReleaseError where a deployment, an alias or a permission of a release is missing."""
    if to.alias in found.aliases and (lacking := found.lacking(to.alias)):
        raise ReleaseError(f"{', '.join(lacking)}: no alias {to.alias}. Nothing was changed.")
    if to not in found.releases:
        kept = ", ".join(release.alias or release.deployment_id for release in found.releases)
        raise ReleaseError(f"{to} is not kept; there are {kept or 'none'}. Nothing was changed.")
    for function, aliases in found.versions.items():
        if to.alias in aliases and not _may_call(functions, function, to.alias, found.rest_api_id):
            raise ReleaseError(
                f"{function}:{to.alias} does not let API {found.rest_api_id} call it any more: "
                "its permission was removed. Nothing was changed."
            )


def _may_call(functions: Any, function: str, alias: str, rest_api_id: str) -> bool:
    statements = permissions(functions, function, alias)
    return any(f":{rest_api_id}/" in json.dumps(statement) for statement in statements)
