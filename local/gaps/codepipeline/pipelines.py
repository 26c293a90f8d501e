"""The pipelines of every account and region, and what may be done with them.

https://docs.aws.amazon.com/codepipeline/latest/APIReference/API_Operations.html
"""

from __future__ import annotations

import functools
import time
from collections.abc import Mapping
from typing import Any

from local.gaps.codepipeline import structure
from local.gaps.codepipeline.constraints import violations
from local.gaps.codepipeline.errors import RefusedError, validation_error
from local.gaps.codepipeline.model import shape

_SUMMARY = ("name", "version", "pipelineType", "executionMode")


@functools.cache
def store() -> Any:
    """The pipelines by name, of the account and region of the request."""
    from ministack.core.responses import AccountRegionScopedDict

    return AccountRegionScopedDict()


def create(pipeline: Mapping[str, Any], tags: list[Any]) -> dict[str, Any]:
    """Version 1 of a pipeline. Raises RefusedError."""
    _check(pipeline)
    if pipeline["name"] in store():
        message = f"A pipeline with the name {pipeline['name']!r} already exists in this account"
        raise RefusedError("PipelineNameInUseException", message)
    now = time.time()
    made = {**pipeline, "version": 1}
    store()[pipeline["name"]] = {"pipeline": made, "created": now, "updated": now, "tags": tags}
    return made


def update(pipeline: Mapping[str, Any]) -> dict[str, Any]:
    """The next version of a pipeline. Raises RefusedError."""
    _check(pipeline)
    record = find(pipeline["name"])
    made = {**pipeline, "version": record["pipeline"]["version"] + 1}
    record.update(pipeline=made, updated=time.time())
    return made


def find(name: str) -> dict[str, Any]:
    """The record of a pipeline: itself, its tags, and when it was made and changed."""
    record: dict[str, Any] | None = store().get(name)
    if record is None:
        message = f"Account {_account()} does not have a pipeline with name '{name}'"
        raise RefusedError("PipelineNotFoundException", message)
    return record


def delete(name: str) -> None:
    """Forget a pipeline. One that is not there is not missed, as on AWS."""
    store().pop(name, None)


def create_pipeline(request: Mapping[str, Any]) -> dict[str, Any]:
    tags = list(request.get("tags", []))
    return {"pipeline": create(request["pipeline"], tags), "tags": tags}


def update_pipeline(request: Mapping[str, Any]) -> dict[str, Any]:
    return {"pipeline": update(request["pipeline"])}


def get_pipeline(request: Mapping[str, Any]) -> dict[str, Any]:
    """Only the version that is now: earlier ones are not kept."""
    record = find(request["name"])
    pipeline = record["pipeline"]
    if request.get("version", pipeline["version"]) != pipeline["version"]:
        message = f"Pipeline '{request['name']}' has no version {request['version']} here"
        raise RefusedError("PipelineVersionNotFoundException", message)
    metadata = {"pipelineArn": _arn(request["name"]), **_times(record)}
    return {"pipeline": pipeline, "metadata": metadata}


def delete_pipeline(request: Mapping[str, Any]) -> dict[str, Any]:
    delete(request["name"])
    return {}


def list_pipelines(_request: Mapping[str, Any]) -> dict[str, Any]:
    """All of them on one page."""
    records = [record for _name, record in sorted(store().items())]
    return {
        "pipelines": [
            {
                **{key: record["pipeline"][key] for key in _SUMMARY if key in record["pipeline"]},
                **_times(record),
            }
            for record in records
        ]
    }


def _check(pipeline: Mapping[str, Any]) -> None:
    from ministack.core.responses import get_region

    broken = list(violations(pipeline, shape("PipelineDeclaration"), "pipeline"))
    if broken:
        raise validation_error(broken)
    structure.check(pipeline, get_region())


def _times(record: Mapping[str, Any]) -> dict[str, Any]:
    return {"created": record["created"], "updated": record["updated"]}


def _arn(name: str) -> str:
    from ministack.core.responses import get_region

    return f"arn:aws:codepipeline:{get_region()}:{_account()}:{name}"


def _account() -> str:
    from ministack.core.responses import get_account_id

    return str(get_account_id())
