"""What is checked of an environment after it was deployed, as `platform.yaml` writes it."""

from typing import Annotated, get_args

from pydantic import Field

from gatewright.config.pipeline_values import (
    AnswerMode,
    BuildMinutes,
    CheckMinutes,
    HttpsUrl,
    OnOutage,
    SecretName,
)
from gatewright.config.rules import above_zero, one_of, whole
from gatewright.config.section import Section
from gatewright.config.values import KeyName

_KEY = (
    "The key of `keys` that the calls are made with; without one, no operation that asks for one "
    "is called."
)


class ContractCheck(Section):
    """Every operation with good, bad and no credentials, and with input that breaks its contract.

    It makes users and items and removes them again, so it is for environments without customers.
    """

    key: KeyName | None = Field(None, description=_KEY)
    rate: Annotated[float, above_zero("requests a second")] = Field(
        10, description="The requests a second that are not exceeded; below the key's own rate."
    )


class SmokeCheck(Section):
    """What changes nothing: reads succeed, and nobody gets in without credentials."""

    key: KeyName | None = Field(None, description=_KEY)
    rate: Annotated[float, above_zero("requests a second")] = Field(
        10, description="The requests a second that are not exceeded; below the key's own rate."
    )


class FuzzCheck(Section):
    """Generated requests by schemathesis, from the public document of each API.

    It makes a user, which it removes again, and items, which it leaves: it is for environments
    without customers.
    """

    key: KeyName | None = Field(None, description=_KEY)
    examples: Annotated[int, whole(1, 10000, "examples")] = Field(
        20, description="The requests generated for each operation, 1 to 10000."
    )
    rate: Annotated[float, above_zero("requests a second")] = Field(
        10, description="The requests a second that are not exceeded; below the key's own rate."
    )
    minutes: BuildMinutes = Field(30, description="The minutes after which it has failed.")


class ThirdPartyCheck(Section):
    """A run of an outside test or monitoring service, asked for by signed HTTPS requests."""

    url: HttpsUrl = Field(description="Where a run is asked for by POST.")
    secret: SecretName = Field(
        description="The secret in Secrets Manager, in the pipeline's account and region, that "
        "signs the requests. The platform does not make it."
    )
    on_outage: Annotated[OnOutage, one_of(*get_args(OnOutage))] = Field(
        "block",
        description="What happens while the service is down: block fails the release, warn goes "
        "on and says so.",
    )
    mode: Annotated[AnswerMode, one_of(*get_args(AnswerMode))] = Field(
        "poll",
        description="How it answers: poll asks at the address that it gave, callback lets it put "
        "its result to an address that it is given.",
    )
    minutes: CheckMinutes = Field(
        30, description="The minutes that the service has to answer; at most 60 for callback."
    )
    poll_seconds: Annotated[int, whole(1, 300, "seconds")] = Field(
        15, description="The seconds from one question to the next, 1 to 300."
    )


class LoadCheck(Section):
    """Many calls of reading operations, against thresholds."""

    key: KeyName | None = Field(None, description=_KEY)
    requests: Annotated[int, whole(1, 1000000, "requests")] = Field(
        500, description="The number of requests, 1 to 1000000."
    )
    callers: Annotated[int, whole(1, 100, "callers")] = Field(
        8, description="How many callers send them at the same time, 1 to 100."
    )
    min_requests_per_second: Annotated[float, above_zero("requests a second")] | None = Field(
        None, description="The least throughput; not checked when absent."
    )
    p50_ms: Annotated[float, above_zero("ms")] | None = Field(
        None, description="The most that half of the requests may take; not checked when absent."
    )
    p99_ms: Annotated[float, above_zero("ms")] | None = Field(
        None, description="The most that 99 of 100 requests may take; not checked when absent."
    )
    max_error_percent: Annotated[int, whole(0, 100, "percent")] = Field(
        0, description="How many of 100 requests may fail."
    )


class Checks(Section):
    """The checks after a deployment, each in every environment of the wave."""

    contract: ContractCheck | None = Field(
        None, description="Every operation against its contract, and the services' own checks."
    )
    smoke: SmokeCheck | None = Field(None, description="Reads, and refusals; changes nothing.")
    fuzz: FuzzCheck | None = Field(None, description="Generated requests by schemathesis.")
    third_party: ThirdPartyCheck | None = Field(
        None, description="A run of an outside test or monitoring service."
    )
    load: LoadCheck | None = Field(None, description="Throughput and latency against thresholds.")

    def key_of(self, kind: str) -> str | None:
        """The key that a check calls with; ``kind`` is `smoke`, `third-party` and so on."""
        return getattr(getattr(self, kind.replace("-", "_")), "key", None)
