"""The sections of `platform.yaml` that say how often something may be called."""

from typing import Annotated, get_args

from pydantic import Field

from gatewright.config.rules import one_of
from gatewright.config.section import Section
from gatewright.config.values import Period, Rate, Requests


class Quota(Section):
    """How many requests a key may make in a period."""

    limit: Requests = Field(description="The number of requests in a period.")
    period: Annotated[Period, one_of(*get_args(Period))] = Field(
        description="The period: day, week or month."
    )


class Throttle(Section):
    """How much all callers together may call one method of an API.

    AWS: "Throttle requests to your REST APIs for better throughput in API Gateway",
    method-level throttling of a stage.
    """

    rate: Rate = Field(
        description="The requests a second that one method takes for long, from all callers."
    )
    burst: Requests = Field(
        description="The requests that one method takes at once; not below the rate."
    )


class KeyThrottle(Section):
    """How much one key may call one operation. It lowers what the plan allows.

    AWS: "Throttle requests to your REST APIs for better throughput in API Gateway", per-client
    and per-method limits of a usage plan.
    """

    rate: Rate = Field(description="The requests a second of a key for long; at most the plan's.")
    burst: Requests = Field(
        description="The requests of a key at once; at most the plan's, not below the rate."
    )


class AccountThrottle(Section):
    """How much an account takes in a region, over all its APIs."""

    rate: Rate = Field(description="The requests a second that the account takes for long.")
    burst: Requests = Field(description="The requests that the account takes at once.")


# Below what an account takes in most regions, so that one method cannot use it up for all others.
DEFAULT_THROTTLE = Throttle(rate=1000, burst=2000)
