"""Jobs of Lambda actions, kept by the embedded AWS's CodePipeline between the two sides.

The rehearsal opens a job before it invokes the function; the function answers with
PutJobSuccessResult or PutJobFailureResult, as it does on AWS.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from local.embedded_aws import EmbeddedAws
from local.rehearsal.private_path import PrivatePath


@dataclass(frozen=True, kw_only=True)
class JobResult:
    """How a job ended. ``continuation_token`` asks for another job of the same action.

    ``failure_type`` and ``failure_message`` are set when it did not succeed.
    """

    succeeded: bool
    continuation_token: str | None = None
    failure_type: str | None = None
    failure_message: str | None = None
    summary: str | None = None
    external_execution_id: str | None = None
    output_variables: Mapping[str, str] = field(default_factory=dict)


class Jobs:
    """The jobs of one account and region, by default those of ``aws``."""

    def __init__(
        self, aws: EmbeddedAws, *, account: str | None = None, region: str | None = None
    ) -> None:
        self._path = PrivatePath(aws, account=account, region=region)

    def open(self, job_id: str, data: Mapping[str, Any]) -> None:
        """A job that waits for its result. ``data`` is what GetJobDetails answers with.

        Raises LocalError for an id that is not a UUID or was opened before, and when the embedded
        AWS does not answer.
        """
        self._path.call("PUT", f"codepipeline/jobs/{job_id}", dict(data))

    def result(self, job_id: str) -> JobResult | None:
        """How the job ended, or None while it has not. Raises LocalError for an unknown job."""
        found = self._path.call("GET", f"codepipeline/jobs/{job_id}")
        return None if found is None else read_result(found)


def read_result(request: Mapping[str, Any]) -> JobResult:
    """What PutJobSuccessResult or PutJobFailureResult was called with."""
    failure, details = request.get("failureDetails", {}), request.get("executionDetails", {})
    return JobResult(
        succeeded=request["succeeded"],
        continuation_token=request.get("continuationToken"),
        failure_type=failure.get("type"),
        failure_message=failure.get("message"),
        summary=details.get("summary"),
        external_execution_id=details.get("externalExecutionId")
        or failure.get("externalExecutionId"),
        output_variables=dict(request.get("outputVariables", {})),
    )
