"""What AWS raised for the account of an environment. What it does not raise is not here."""

from typing import Annotated

from pydantic import Field

from gatewright.config.rules import whole
from gatewright.config.section import Section
from gatewright.quotas import (
    AUTHORIZERS_PER_API,
    PLANS_PER_KEY,
    POLICY_CHARACTERS,
    RESOURCES_PER_API,
    USAGE_PLANS,
)

_MOST = 1_000_000


class Quotas(Section):
    """Each by default what every account has."""

    resources_per_api: Annotated[int, whole(RESOURCES_PER_API, _MOST, "resources")] = Field(
        RESOURCES_PER_API,
        description="Resources of one API: its paths, and each part of a path that leads there.",
    )
    authorizers_per_api: Annotated[int, whole(AUTHORIZERS_PER_API, _MOST, "authorizers")] = Field(
        AUTHORIZERS_PER_API, description="Authorizers of one API, Lambda's and Cognito's."
    )
    policy_characters: Annotated[int, whole(POLICY_CHARACTERS, _MOST, "characters")] = Field(
        POLICY_CHARACTERS, description="Characters of an API's resource policy."
    )
    usage_plans: Annotated[int, whole(USAGE_PLANS, _MOST, "plans")] = Field(
        USAGE_PLANS, description="Usage plans of the account in the region."
    )
    plans_per_key: Annotated[int, whole(PLANS_PER_KEY, _MOST, "plans")] = Field(
        PLANS_PER_KEY, description="Usage plans of one API key."
    )
