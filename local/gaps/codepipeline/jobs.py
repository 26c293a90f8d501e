"""Jobs of actions: opened by who runs the pipeline, answered by the function that does the work.

'Invoke an AWS Lambda function in a pipeline in CodePipeline':
https://docs.aws.amazon.com/codepipeline/latest/userguide/actions-invoke-lambda-function.html
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import Any

from local.gaps.codepipeline.constraints import violations
from local.gaps.codepipeline.errors import RefusedError, validation_error
from local.gaps.codepipeline.model import shape

# 'Quotas in AWS CodePipeline': of all output variables of an action, in bytes.
_OUTPUT_VARIABLES = 122_880


@functools.cache
def store() -> Any:
    """The jobs by id, of the account and region of the request. None outlives the server."""
    from ministack.core.responses import AccountRegionScopedDict

    return AccountRegionScopedDict()


def open_job(job_id: str, data: Mapping[str, Any]) -> None:
    """A job that waits for its result. Raises RefusedError for an id that is malformed or taken."""
    broken = list(violations(job_id, shape("JobId"), "jobId"))
    if broken:
        raise validation_error(broken)
    if job_id in store():
        raise RefusedError("InvalidJobStateException", f"Job {job_id} was opened before")
    store()[job_id] = {"data": dict(data), "result": None}


def result(job_id: str) -> dict[str, Any] | None:
    """The request that ended the job, besides whether it ``succeeded``; none before that."""
    found: dict[str, Any] | None = _find(job_id)["result"]
    return found


def get_job_details(request: Mapping[str, Any]) -> dict[str, Any]:
    from ministack.core.responses import get_account_id

    job = _find(request["jobId"])
    details = {"id": request["jobId"], "data": job["data"], "accountId": get_account_id()}
    return {"jobDetails": details}


def put_job_success_result(request: Mapping[str, Any]) -> dict[str, Any]:
    variables = request.get("outputVariables", {})
    if sum(len(f"{name}{value}".encode()) for name, value in variables.items()) > _OUTPUT_VARIABLES:
        message = f"The output variables exceed {_OUTPUT_VARIABLES} bytes"
        raise RefusedError("OutputVariablesSizeExceededException", message)
    return _put(request, succeeded=True)


def put_job_failure_result(request: Mapping[str, Any]) -> dict[str, Any]:
    return _put(request, succeeded=False)


def _put(request: Mapping[str, Any], *, succeeded: bool) -> dict[str, Any]:
    job = _find(request["jobId"])
    if job["result"] is not None:
        message = f"Job {request['jobId']} has a result already, and takes no other"
        raise RefusedError("InvalidJobStateException", message)
    job["result"] = {**request, "succeeded": succeeded}
    return {}


def _find(job_id: str) -> dict[str, Any]:
    job: dict[str, Any] | None = store().get(job_id)
    if job is None:
        raise RefusedError("JobNotFoundException", f"Job with id {job_id} was not found")
    return job
