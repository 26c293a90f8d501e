"""Which release a stage serves, and so what may be promoted to the stage after it."""

from typing import Any

from gatewright.config import ApiConfig
from gatewright.config.promotions import Promotion
from gatewright.nearest import did_you_mean

# As the function's construct names it, which is not imported: that takes the CDK.
_ALIAS_VARIABLE = "lambdaAlias"


class PromotionError(Exception):
    """A release cannot be promoted. One line that says why, and what to do instead."""


def stage_before(api: ApiConfig, stage: str) -> str:
    """The stage whose release ``stage`` gets. Raises PromotionError where it gets none."""
    stages = list(api.stages)
    if stage not in stages:
        guess = did_you_mean(stage, stages) or f"it has {', '.join(stages) or 'live alone'}."
        raise PromotionError(f"{api.api_name} has no stage {stage!r}; {guess}")
    if api.stages[stage].release == "newest":
        raise PromotionError(
            f"{api.api_name}:{stage} takes every deployment by itself. To promote to it, write "
            f"'release: promoted' below the stage in platform.yaml."
        )
    return stages[stages.index(stage) - 1]


def served(gateway: Any, rest_api_id: str, api_name: str, stage: str) -> Promotion:
    """The release that a stage serves now: that is the one which was tried there.

    ``gateway`` is a boto3 client of API Gateway. Raises PromotionError where it is not deployed.
    AWS: GetStage.
    """
    try:
        found = gateway.get_stage(restApiId=rest_api_id, stageName=stage)
    except gateway.exceptions.NotFoundException:
        raise PromotionError(
            f"{api_name}:{stage} is not deployed: deploy it, promote to it first, or name another "
            "stage by --from."
        ) from None
    return Promotion(
        deployment=found["deploymentId"], alias=found.get("variables", {}).get(_ALIAS_VARIABLE, "")
    )
