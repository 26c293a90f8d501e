"""The frame of every Lambda action: one job in, exactly one result out."""

import logging
import threading
from collections.abc import Callable, Mapping
from typing import Any

from gatewright.checks.clients import own_clients
from gatewright.checks.errors import CheckError
from gatewright.checks.job import Job, read_job
from gatewright.checks.outcome import Failed, Outcome, report
from gatewright.checks.parameters import ParameterError
from gatewright.checks.time_left import MARGIN_SECONDS, LambdaContext, TimeLeft

# For a result that comes at the last moment to reach CodePipeline.
_LAST_SECONDS = 5
_DENIED = ("AccessDenied", "AccessDeniedException", "UnauthorizedOperation")

Work = Callable[[Job, TimeLeft], Outcome]

logger = logging.getLogger(__name__)


def run_action(
    event: Mapping[str, Any],
    context: LambdaContext,
    work: Work,
    codepipeline: Any = None,
) -> None:
    """Do ``work`` for the job in ``event`` and tell CodePipeline of its outcome, once.

    Whatever ``work`` raises is a failure of the job, and never of the function: Lambda would
    invoke it again. Work that does not end is reported before Lambda ends it. Raises JobEventError
    for an event without a job, since nobody could be told.
    """
    # Lambda's runtime has a handler for logs already; without one, progress would be unseen.
    logging.basicConfig(format="%(message)s")
    logging.getLogger("gatewright").setLevel(logging.INFO)
    job = read_job(event)
    result = _Result(job, codepipeline or own_clients()("codepipeline"))
    time_left = TimeLeft(context)
    last = threading.Timer(max(time_left.until_end - _LAST_SECONDS, 0), result.out_of_time)
    last.daemon = True
    last.start()
    try:
        result.give(_outcome(job, time_left, work))
    finally:
        last.cancel()


class _Result:
    """Gives the first outcome to CodePipeline, and no other."""

    def __init__(self, job: Job, codepipeline: Any) -> None:
        self._job = job
        self._codepipeline = codepipeline
        self._lock = threading.Lock()
        self._given = False

    def give(self, outcome: Outcome) -> None:
        with self._lock:
            if not self._given:
                report(self._codepipeline, self._job, outcome)
                self._given = True

    def out_of_time(self) -> None:
        self.give(
            Failed(
                message="The function's time ran out in the middle of a check. Its log has the "
                "last line that it wrote; give it more time, or the check less to do."
            )
        )


def _outcome(job: Job, time_left: TimeLeft, work: Work) -> Outcome:
    try:
        if time_left.seconds <= 0:
            raise ParameterError(
                f"The function's timeout must be well above {MARGIN_SECONDS} seconds, which are "
                "kept for cleaning up."
            )
        return work(job, time_left)
    except ParameterError as error:
        return Failed(message=str(error), kind="ConfigurationError")
    except CheckError as error:
        return Failed(message=str(error))
    except Exception as error:
        logger.exception("unexpected")
        return Failed(message=f"{type(error).__name__}: {error}", kind=_kind(error))


def _kind(error: Exception) -> str:
    response = getattr(error, "response", None)
    code = response.get("Error", {}).get("Code") if isinstance(response, dict) else None
    return "PermissionError" if code in _DENIED else "JobFailed"
