"""CodePipeline's API, in the form of ministack's own service modules.

JSON 1.1, with the operation in X-Amz-Target. An operation that is not here is refused by name.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Mapping
from typing import Any

from local.gaps.codepipeline import jobs, pipelines
from local.gaps.codepipeline.constraints import violations
from local.gaps.codepipeline.errors import RefusedError, validation_error
from local.gaps.codepipeline.model import input_shape

_OPERATIONS: Mapping[str, Callable[[Mapping[str, Any]], dict[str, Any]]] = {
    "CreatePipeline": pipelines.create_pipeline,
    "GetPipeline": pipelines.get_pipeline,
    "UpdatePipeline": pipelines.update_pipeline,
    "DeletePipeline": pipelines.delete_pipeline,
    "ListPipelines": pipelines.list_pipelines,
    "GetJobDetails": jobs.get_job_details,
    "PutJobSuccessResult": jobs.put_job_success_result,
    "PutJobFailureResult": jobs.put_job_failure_result,
}


async def handle_request(
    _method: str, _path: str, headers: Mapping[str, str], body: bytes, _query: Any
) -> Any:
    """Status, headers and body of the answer."""
    from ministack.core.responses import error_response_json, json_response

    try:
        return json_response(_answer(headers.get("x-amz-target", "").rpartition(".")[2], body))
    except RefusedError as error:
        return error_response_json(error.code, str(error))


def _answer(operation: str, body: bytes) -> dict[str, Any]:
    answer = _OPERATIONS.get(operation)
    if answer is None:
        message = f"The embedded AWS does not know CodePipeline's operation {operation!r}"
        raise RefusedError("UnknownOperationException", message)
    try:
        request = json.loads(body or b"{}")
    except ValueError as error:
        raise RefusedError("SerializationException", f"The request is not JSON: {error}") from None
    broken = list(violations(request, input_shape(operation)))
    if broken:
        raise validation_error(broken)
    return answer(request)


def get_state() -> dict[str, Any]:
    """What is saved. Jobs are not: who waits for their results ends with the server."""
    return {"pipelines": copy.deepcopy(pipelines.store())}


def load_persisted_state(data: Mapping[str, Any]) -> None:
    pipelines.store().update(data["pipelines"])


def reset() -> None:
    pipelines.store().clear()
    jobs.store().clear()
