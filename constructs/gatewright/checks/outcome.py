"""How a job can end, and how CodePipeline is told.

AWS: PutJobSuccessResult, PutJobFailureResult, with their limits of length.
"""

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from gatewright.checks.job import Job, continuation_token

_SUMMARY = 2048
_MESSAGE = 5000
_VARIABLE = 1000

logger = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class Passed:
    """The action succeeded. ``variables`` can be used by later actions."""

    summary: str
    variables: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Failed:
    """The action failed. ``kind`` is a FailureType of CodePipeline."""

    message: str
    kind: str = "JobFailed"


@dataclass(frozen=True, kw_only=True)
class Continued:
    """The action goes on in another job, which gets ``progress``."""

    summary: str
    progress: Mapping[str, Any]


Outcome = Passed | Failed | Continued


def report(codepipeline: Any, job: Job, outcome: Outcome) -> None:
    """Tell CodePipeline. ``codepipeline`` is a boto3 client.

    A job that has its result already, because it was cancelled or took too long, is left alone.
    """
    logger.info("%s: %s", type(outcome).__name__.lower(), _text(outcome))
    try:
        if isinstance(outcome, Failed):
            codepipeline.put_job_failure_result(
                jobId=job.id,
                failureDetails={
                    "type": outcome.kind,
                    "message": shortened(outcome.message, _MESSAGE),
                },
            )
        else:
            codepipeline.put_job_success_result(jobId=job.id, **_success(outcome))
    except codepipeline.exceptions.InvalidJobStateException:
        logger.warning("Job %s has its result already", job.id)


def shortened(text: str, length: int) -> str:
    """``text``, at most ``length`` characters of it, and one at least as CodePipeline demands."""
    text = text or "-"
    return text if len(text) <= length else text[: length - 4] + " ..."


def _success(outcome: Passed | Continued) -> dict[str, Any]:
    details = {"executionDetails": {"summary": shortened(outcome.summary, _SUMMARY)}}
    if isinstance(outcome, Continued):
        return {**details, "continuationToken": continuation_token(outcome.progress)}
    variables = {name: value[:_VARIABLE] for name, value in outcome.variables.items()}
    return {**details, **({"outputVariables": variables} if variables else {})}


def _text(outcome: Outcome) -> str:
    return outcome.message if isinstance(outcome, Failed) else outcome.summary
