"""What UserParameters say of a load check."""

from dataclasses import dataclass

from gatewright.checks.environment import PLACE_FIELDS, Place, read_place
from gatewright.checks.job import Job
from gatewright.checks.load.thresholds import THRESHOLDS, Thresholds
from gatewright.checks.parameters import ParameterError, Parameters

_FIELDS = (
    *PLACE_FIELDS,
    "key",
    "users",
    "requests",
    "seconds",
    "callers",
    "operations",
    *THRESHOLDS,
)


@dataclass(frozen=True, kw_only=True)
class Settings:
    """How much is sent, and what must come of it.

    Either ``requests`` or ``seconds`` says when it is enough; the other one is 0. ``operations``
    are like ``foods-v2.list_foods``, and empty for the default.
    """

    place: Place
    key: str
    users: bool
    requests: int
    seconds: float
    callers: int
    operations: tuple[str, ...]
    thresholds: Thresholds


def read_settings(job: Job) -> Settings:
    """Read a job's UserParameters. Raises ParameterError."""
    found = Parameters(job.user_parameters, _FIELDS)
    if found.given("requests") == found.given("seconds"):
        raise ParameterError('UserParameters: give either "requests" or "seconds".')
    if not any(found.given(name) for name in THRESHOLDS):
        raise ParameterError(f"UserParameters: give one at least of {', '.join(THRESHOLDS)}.")
    return Settings(
        place=read_place(found, job),
        key=found.text("key", default=""),
        users=found.flag("users", default=False),
        requests=found.whole("requests", least=1, most=10_000_000)
        if found.given("requests")
        else 0,
        seconds=found.number("seconds", least=1, most=86_400) if found.given("seconds") else 0.0,
        callers=found.whole("callers", least=1, most=256, default=8),
        operations=found.names("operations", default=()),
        thresholds=Thresholds(
            **{
                name: found.number(name, least=0, most=most)
                for name, most in THRESHOLDS.items()
                if found.given(name)
            }
        ),
    )
