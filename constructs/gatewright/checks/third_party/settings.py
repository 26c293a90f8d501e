"""What UserParameters say of a third-party check."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from gatewright.checks.environment import PLACE_FIELDS, Place, read_place
from gatewright.checks.job import Job
from gatewright.checks.parameters import ParameterError, Parameters

_FIELDS = (
    *PLACE_FIELDS,
    "url",
    "secret",
    "apis",
    "mode",
    "on_outage",
    "time_limit_minutes",
    "poll_seconds",
)
_OWN_HOSTS = ("localhost", "127.0.0.1")


@dataclass(frozen=True, kw_only=True)
class Settings:
    """How the service is called.

    ``url`` starts a run; ``secret`` is the name or ARN of the secret that both know; ``apis`` are
    those that it is told of, or empty for all of the artifact. ``mode`` is ``poll`` or
    ``callback``; ``block`` says whether an outage of the service is a failure.
    """

    place: Place
    url: str
    secret: str
    apis: tuple[str, ...]
    mode: str
    block: bool
    time_limit_seconds: float
    poll_seconds: float

    @property
    def host(self) -> str:
        """The service, for people."""
        return urlsplit(self.url).netloc

    def same_origin(self, url: str) -> bool:
        """Whether ``url`` is at the service (RFC 6454)."""
        return urlsplit(url)[:2] == urlsplit(self.url)[:2]


def read_settings(job: Job) -> Settings:
    """Read a job's UserParameters. Raises ParameterError."""
    found = Parameters(job.user_parameters, _FIELDS)
    mode = found.choice("mode", ("poll", "callback"), default="poll")
    # The URL to call back at is only as good as the function's credentials, for some hours.
    most_minutes = 60 if mode == "callback" else 24 * 60
    return Settings(
        place=read_place(found, job),
        url=_url(found),
        secret=found.text("secret"),
        apis=found.names("apis", default=()),
        mode=mode,
        block=found.choice("on_outage", ("block", "warn"), default="block") == "block",
        time_limit_seconds=60
        * found.number("time_limit_minutes", least=0.05, most=most_minutes, default=30),
        poll_seconds=found.number("poll_seconds", least=0, most=300, default=15),
    )


def _url(found: Parameters) -> str:
    url = found.text("url", pattern="https?://[^\\s/@]+(/\\S*)?")
    parts = urlsplit(url)
    if parts.scheme != "https" and parts.hostname not in _OWN_HOSTS:
        raise ParameterError(
            f'UserParameters: "url" must be https, or http on {" or ".join(_OWN_HOSTS)}, and is '
            f"{parts.scheme}://{parts.netloc}."
        )
    return url
