"""What UserParameters say of the canaries to watch."""

from dataclasses import dataclass

from gatewright.checks.environment import PLACE_FIELDS, Place, read_place
from gatewright.checks.job import Job
from gatewright.checks.parameters import ParameterError, Parameters

_FIELDS = (*PLACE_FIELDS, "records")


@dataclass(frozen=True, kw_only=True)
class Settings:
    """``records`` are the releases to watch: ``foods-v1``, or ``news-v1/dev`` of several stages."""

    place: Place
    records: tuple[str, ...]

    def stack_of(self, record: str) -> str:
        """The stack whose deployment makes the release."""
        return f"{self.place.project}-{self.place.environment}-{record.partition('/')[0]}"


def read_settings(job: Job) -> Settings:
    """Read a job's UserParameters. Raises ParameterError."""
    found = Parameters(job.user_parameters, _FIELDS)
    records = found.names("records")
    for record in records:
        if not record.partition("/")[0]:
            raise ParameterError('UserParameters: "records" must be names such as "foods-v1".')
    return Settings(place=read_place(found, job), records=records)
