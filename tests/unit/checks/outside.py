"""What surrounds a third-party check in a test: AWS, a clock, and CodePipeline's jobs."""

import time
from types import SimpleNamespace
from typing import Any

from gatewright.checks.http import Http
from gatewright.checks.job import continuation_token, read_job
from gatewright.checks.outcome import Continued, Outcome
from gatewright.checks.third_party.check import check_by_third_party
from gatewright.checks.time_left import TimeLeft
from tests.third_party_service import ThirdPartyService
from tests.unit.checks.fakes import PLACE, Context, FakeCloudFormation, FakeS3, job_event

URL = "https://abc.execute-api.eu-central-1.amazonaws.com/live/"


class Aws:
    """The AWS around the check, and a clock that only sleeping moves."""

    def __init__(self) -> None:
        self.s3 = FakeS3()
        self.clock = float(int(time.time()))
        self.slept: list[float] = []
        self.secret = "shared-secret"

    def client(self, service: str) -> Any:
        stacks = {
            "shop-beta-identity": {"UserPoolId": "p", "UserPoolClientId": "u", "TokenUrl": "t"},
            "shop-beta-foods-v1": {"Url": URL, "RestApiId": "abc", "StageName": "live"},
        }
        return {
            "s3": self.s3,
            "cloudformation": FakeCloudFormation(stacks),
            "secretsmanager": SimpleNamespace(
                get_secret_value=lambda **_: {"SecretString": self.secret}
            ),
        }[service]

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.clock += seconds


def one_job(
    aws: Aws, service: ThirdPartyService, token: str | None, seconds: float = 900, **more: Any
) -> Outcome:
    parameters = {
        **PLACE,
        "url": service.url,
        "secret": "probes",
        "apis": ["foods-v1"],
        "poll_seconds": 20,
        **more,
    }
    return check_by_third_party(
        read_job(job_event(parameters, token)),
        TimeLeft(Context(seconds)),
        own=aws.client,
        environment=aws.client,
        http=Http(1000, timeout=0.3),
        sleep=aws.sleep,
        now=lambda: aws.clock,
    )


def all_jobs(aws: Aws, service: ThirdPartyService, most: int = 10, **more: Any) -> Outcome:
    """Job after job, as CodePipeline gives them."""
    token = None
    for _ in range(most):
        outcome = one_job(aws, service, token, **more)
        if not isinstance(outcome, Continued):
            break
        token = continuation_token(outcome.progress)
    return outcome
