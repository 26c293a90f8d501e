"""What a deployed environment says about itself, read from its stacks' outputs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

# Not at run time: the pipeline's functions carry no pydantic.
if TYPE_CHECKING:
    from gatewright.config import Environment, Platform


class NotDeployedError(Exception):
    """A stack of the environment does not exist where we looked."""


@dataclass(frozen=True, kw_only=True)
class DeployedApi:
    """One API version that runs, by its first stage.

    ``stages`` are the addresses of all stages by name, where platform.yaml names them.
    """

    name: str
    url: str
    rest_api_id: str
    stage: str
    stages: Mapping[str, str] = field(default_factory=dict)

    @property
    def stage_names(self) -> tuple[str, ...]:
        """The deployed stages."""
        return tuple(self.stages) or (self.stage,)


@dataclass(frozen=True, kw_only=True)
class Deployed:
    """One environment that runs: what a client, a test or an operator needs to know of it."""

    environment: Environment
    apis: Mapping[str, DeployedApi]
    user_pool_id: str
    user_pool_client_id: str
    machine_client_id: str | None
    token_url: str
    key_ids: Mapping[str, str]


def read_deployed(platform: Platform, environment: Environment, cloudformation: Any) -> Deployed:
    """Read the outputs of every stack of ``environment``.

    ``cloudformation`` is a boto3 client of the environment's account and region. Raises
    NotDeployedError with the name of the missing stack.
    """
    prefix = f"{platform.project}-{environment.name}"
    identity = stack_outputs(cloudformation, f"{prefix}-identity")
    plans = stack_outputs(cloudformation, f"{prefix}-plans") if environment.plans else {}
    return Deployed(
        environment=environment,
        apis={
            api.api_name: _api(
                api.api_name, stack_outputs(cloudformation, f"{prefix}-{api.api_name}")
            )
            for api in platform.apis
        },
        user_pool_id=identity["UserPoolId"],
        user_pool_client_id=identity["UserPoolClientId"],
        machine_client_id=identity.get("MachineClientId"),
        token_url=identity["TokenUrl"],
        key_ids=_named(plans, "KeyId"),
    )


def stack_outputs(cloudformation: Any, stack_name: str) -> dict[str, str]:
    """A stack's outputs by key. Raises NotDeployedError."""
    try:
        found = cloudformation.describe_stacks(StackName=stack_name)["Stacks"][0]
    except cloudformation.exceptions.ClientError as error:
        raise NotDeployedError(
            f"Stack {stack_name} was not found: {error.response['Error']['Message']} "
            "Deploy the environment first."
        ) from None
    return {output["OutputKey"]: output["OutputValue"] for output in found.get("Outputs", [])}


def _api(name: str, outputs: Mapping[str, str]) -> DeployedApi:
    return DeployedApi(
        name=name,
        url=outputs["Url"],
        rest_api_id=outputs["RestApiId"],
        stage=outputs["StageName"],
        stages=_named(outputs, "StageUrl"),
    )


def _named(outputs: Mapping[str, str], kind: str) -> dict[str, str]:
    # Output keys are alphanumeric, so the names travel in the values: "<name>=<id>".
    named = [value for key, value in outputs.items() if key.startswith(kind)]
    return dict(value.split("=", 1) for value in named)
