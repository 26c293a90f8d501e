"""The environment under test, as its stacks' outputs tell of it."""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from gatewright.checks.clients import Clients, role_clients
from gatewright.checks.errors import CheckError
from gatewright.checks.job import Job
from gatewright.checks.parameters import Parameters

PLACE_FIELDS = ("project", "environment", "region", "role", "execution", "name")
"""The fields of UserParameters that every action has."""

_NAME = "[a-z][a-z0-9-]*"


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where an environment is. ``role`` is the ARN to reach it with, or empty.

    ``execution`` is the id of the pipeline's execution, or of the job where none is told; ``name``
    tells the reports of two actions of one suite apart, and is empty for the suite's own.
    """

    project: str
    environment: str
    region: str
    role: str
    execution: str
    name: str

    def clients(self, own: Clients, job: Job) -> Clients:
        """Clients of the environment's account and region; ``own`` are the function's."""
        if self.role:
            return role_clients(own("sts"), self.role, self.region, job.id)
        from gatewright.checks.clients import own_clients

        return own_clients(self.region)


@dataclass(frozen=True, kw_only=True)
class DeployedApi:
    """One API version that runs; ``url`` ends with a slash."""

    name: str
    url: str


@dataclass(frozen=True, kw_only=True)
class Environment:
    """What a caller needs to know. ``machine_client_id`` is empty where machines have no scopes."""

    apis: Mapping[str, DeployedApi]
    region: str
    user_pool_id: str
    machine_client_id: str
    token_url: str
    key_ids: Mapping[str, str]


def read_place(parameters: Parameters, job: Job) -> Place:
    """Read the fields of PLACE_FIELDS. Raises ParameterError."""
    return Place(
        project=parameters.text("project", pattern=_NAME),
        environment=parameters.text("environment", pattern=_NAME),
        region=parameters.text("region", pattern="[a-z]{2}(-[a-z]+)+-[0-9]"),
        role=parameters.text("role", default="", pattern="arn:[^:]+:iam::[0-9]{12}:role/.+"),
        execution=parameters.text("execution", default="", pattern="[A-Za-z0-9_-]+") or job.id,
        name=parameters.text("name", default="", pattern="[A-Za-z0-9_-]+"),
    )


def read_environment(
    place: Place, apis: Sequence[str], cloudformation: Any, *, keys: bool
) -> Environment:
    """Read the outputs of the environment's stacks for ``apis``; of its plans if ``keys`` are used.

    Raises CheckError with the name of a stack that is missing. AWS: DescribeStacks.
    """
    prefix = f"{place.project}-{place.environment}"
    identity = _outputs(cloudformation, f"{prefix}-identity")
    plans = _outputs(cloudformation, f"{prefix}-plans") if keys else {}
    stacks = {name: _outputs(cloudformation, f"{prefix}-{name}") for name in apis}
    return Environment(
        apis={name: DeployedApi(name=name, url=_url(found)) for name, found in stacks.items()},
        region=place.region,
        user_pool_id=identity["UserPoolId"],
        machine_client_id=identity.get("MachineClientId", ""),
        token_url=_token_url(identity),
        # Output keys are alphanumeric, so the names travel in the values: "<name>=<id>".
        key_ids=dict(v.split("=", 1) for name, v in plans.items() if name.startswith("KeyId")),
    )


def _url(api: Mapping[str, str]) -> str:
    endpoint = _own_endpoint()
    if endpoint:
        return f"{endpoint}/_aws/execute-api/{api['RestApiId']}/{api['StageName']}/"
    return api["Url"]


def _token_url(identity: Mapping[str, str]) -> str:
    endpoint = _own_endpoint()
    return f"{endpoint}/oauth2/token" if endpoint else identity["TokenUrl"]


def _own_endpoint() -> str:
    """The AWS that is not at AWS's host names, by botocore's own variable; else nothing.

    The outputs have the host names that AWS would serve an API and a token endpoint at. What
    stands in for AWS serves both below its one endpoint.
    """
    return os.environ.get("AWS_ENDPOINT_URL", "").rstrip("/")


def _outputs(cloudformation: Any, stack_name: str) -> dict[str, str]:
    try:
        found = cloudformation.describe_stacks(StackName=stack_name)["Stacks"][0]
    except cloudformation.exceptions.ClientError as error:
        reason = error.response["Error"]["Message"]
        raise CheckError(f"Stack {stack_name} cannot be read: {reason}") from None
    return {output["OutputKey"]: output["OutputValue"] for output in found.get("Outputs", [])}
