"""A Lambda action: invokes the function with a job, and heeds the result that it puts."""

import base64
import json
import time
import uuid
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Protocol

from botocore.config import Config
from botocore.exceptions import ClientError

from local.rehearsal.actions import ActionContext, ActionFailedError, ActionResult
from local.rehearsal.actions.job_event import job_data, job_event
from local.rehearsal.actions.waiting import TimeLimit
from local.rehearsal.definition import Action

_DEFAULT_MINUTES = 24 * 60  # AWS: CodePipeline's "Quotas", Lambda invoke action
_CONTINUE_SECONDS = 1.0
_LATE_SECONDS = 5.0  # for a result that another function puts
_POLL_SECONDS = 0.1
# A function runs for 900 seconds at most. One that did not answer must not be called again.
_ONCE = Config(read_timeout=920, retries={"total_max_attempts": 1})


class JobResult(Protocol):
    """What the function told CodePipeline about its job."""

    @property
    def succeeded(self) -> bool:
        """Whether it put a success."""

    @property
    def continuation_token(self) -> str | None:
        """Asks for another job of this action, with this token."""

    @property
    def failure_type(self) -> str | None:
        """As ``JobFailed``, of a failure."""

    @property
    def failure_message(self) -> str | None:
        """The function's reason, of a failure."""

    @property
    def summary(self) -> str | None:
        """A line for people."""

    @property
    def external_execution_id(self) -> str | None:
        """What the function calls its work."""

    @property
    def output_variables(self) -> Mapping[str, str]:
        """What the action's namespace gets."""


class Jobs(Protocol):
    """The jobs of an account and region, where functions put results."""

    def open(self, job_id: str, data: Mapping[str, Any]) -> None:
        """A job that waits for its result."""

    def result(self, job_id: str) -> JobResult | None:
        """How it ended, or None while it has not."""


class LambdaRunner:
    """Invokes functions. ``jobs`` gives the jobs of an account and region.

    https://docs.aws.amazon.com/codepipeline/latest/userguide/actions-invoke-lambda-function.html
    """

    def __init__(self, jobs: Callable[[str, str], Jobs]) -> None:
        self._jobs = jobs

    def run(self, action: Action, context: ActionContext) -> ActionResult:
        """Invoke until the function puts a success without a continuation.

        Raises ActionFailedError when it puts a failure, fails itself, puts nothing, or takes too
        long.
        """
        jobs = self._jobs(context.account, context.region)
        limit = TimeLimit(action, context, _DEFAULT_MINUTES)
        token: str | None = None
        while True:
            result = _one_job(jobs, action, context, limit, token)
            if not result.succeeded:
                kind, message = result.failure_type or "JobFailed", result.failure_message or ""
                raise ActionFailedError(f"{kind}: {message}")
            if result.summary:
                context.log.say(result.summary)
            token = result.continuation_token
            if token is None:
                return ActionResult(
                    outputs=_downloaded(action, context),
                    variables=dict(result.output_variables),
                    summary=result.summary or result.external_execution_id or "",
                )
            context.log.say(f"The function asks to be invoked again, with token {token}")
            limit.wait(_CONTINUE_SECONDS, "The function did not end its job")


def _one_job(
    jobs: Jobs, action: Action, context: ActionContext, limit: TimeLimit, token: str | None
) -> JobResult:
    identity = str(uuid.uuid4())
    data = job_data(action, context, token)
    jobs.open(identity, data)
    error = _invoke(action, context, job_event(identity, context, data))
    result = jobs.result(identity)
    # Who states a limit may answer late on purpose: when an outside service calls back.
    late = limit.seconds_left if action.timeout_minutes else _LATE_SECONDS
    end = time.monotonic() + (0 if error else late)
    while result is None and time.monotonic() < end:
        limit.wait(_POLL_SECONDS, "The function put no result")
        result = jobs.result(identity)
    if result is None and action.timeout_minutes and not error:
        # The function itself may have taken all of the time.
        limit.wait(0, "The function put no result")
    if result is None:
        raise ActionFailedError(
            f"{error or 'The function ended without a result for its job.'} CodePipeline itself "
            f"would wait for a result until the action's time limit: {_limit(action)}."
        )
    return result


def _invoke(action: Action, context: ActionContext, event: Mapping[str, Any]) -> str | None:
    """Invoke the function. What it failed with, or None."""
    name = action.configuration.get("FunctionName", "")
    functions = context.client("lambda", config=_ONCE)
    try:
        answer = functions.invoke(
            FunctionName=name, Payload=json.dumps(event).encode(), LogType="Tail"
        )
    except ClientError as error:
        raise ActionFailedError(
            f"Function {name} could not be invoked: {error.response['Error']['Message']}"
        ) from None
    context.log.write(base64.b64decode(answer.get("LogResult", "")))
    payload = answer["Payload"].read().decode(errors="replace")
    if "FunctionError" not in answer:
        return None
    try:
        failed = json.loads(payload)
        trace = "\n".join(failed.get("stackTrace", ()))
        said = f"{failed['errorType']}: {failed['errorMessage']}"
    except (ValueError, KeyError, TypeError, AttributeError):
        trace, said = "", payload
    context.log.say(f"{said}\n{trace}".rstrip())
    return f"Function {name} failed with {said}"


def _limit(action: Action) -> str:
    minutes = action.timeout_minutes or _DEFAULT_MINUTES
    return f"{minutes} minutes" if minutes < 60 else f"{minutes / 60:g} hours"


def _downloaded(action: Action, context: ActionContext) -> dict[str, Path]:
    s3 = context.client("s3", account=context.pipeline_account)
    files = {}
    for name in action.outputs:
        location = context.locations[name]
        files[name] = context.folder / f"{name}.zip"
        try:
            s3.download_file(location.bucket, location.key, str(files[name]))
        except ClientError:
            raise ActionFailedError(
                f"The function did not put its artifact {name} to {location.bucket}/{location.key}."
            ) from None
    return files
