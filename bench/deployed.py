"""The platform, deployed to an embedded AWS for the measurements that call it."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.platform_copy import PlatformCopy
from gatewright.config import load_platform
from gatewright.contract import Contract
from gatewright.operations.deployed import Deployed, read_deployed
from local.cdk_cli import ROOT
from local.embedded_aws import EmbeddedAws
from local.outputs import local_url
from local.up import ENVIRONMENT
from stacks.contracts import read_contracts

# More than anything here serves: what is measured is the server, not a plan.
_UNLIMITED = 10_000


@dataclass(frozen=True, kw_only=True)
class Deployment:
    """What runs: the embedded AWS, the environment in it, and the contracts of its APIs."""

    aws: EmbeddedAws
    project: str
    found: Deployed
    contracts: Mapping[str, Contract]

    def url(self, api: str) -> str:
        """An API's address. Load generators take localhost for ::1, where nothing listens."""
        url = local_url(self.aws, self.found.apis[api])
        return url.replace("//localhost:", "//127.0.0.1:")

    def key(self) -> str:
        """The value of a new API key on a plan without limits; it goes with the embedded AWS."""
        gateway = self.aws.client("apigateway")
        plan = gateway.create_usage_plan(
            name="bench",
            throttle={"rateLimit": _UNLIMITED, "burstLimit": _UNLIMITED},
            apiStages=[
                {"apiId": api.rest_api_id, "stage": api.stage} for api in self.found.apis.values()
            ],
        )
        key = gateway.create_api_key(name="bench", enabled=True)
        gateway.create_usage_plan_key(usagePlanId=plan["id"], keyId=key["id"], keyType="API_KEY")
        return str(key["value"])

    def function_variables(self, api: str) -> dict[str, str]:
        """The environment of an API's function, with the credentials that it would have."""
        resources = self.aws.client("cloudformation").describe_stack_resources(
            StackName=f"{self.project}-{ENVIRONMENT}-{api}"
        )["StackResources"]
        [name] = [
            found["PhysicalResourceId"]
            for found in resources
            if found["ResourceType"] == "AWS::Lambda::Function"
        ]
        configuration = self.aws.client("lambda").get_function_configuration(FunctionName=name)
        own: dict[str, str] = configuration["Environment"]["Variables"]
        access = {k: v for k, v in self.aws.variables().items() if k.startswith(("AWS_", "NO_"))}
        return {**access, **own}


@contextmanager
def deployed(folder: Path) -> Iterator[Deployment]:
    """Deploy a copy of the platform, and stop its embedded AWS afterwards."""
    copy = PlatformCopy.make(folder)
    try:
        copy.up()
        yield _deployment(copy)
    finally:
        copy.down()


def _deployment(copy: PlatformCopy) -> Deployment:
    platform = load_platform(ROOT / "platform.yaml")
    environment = platform.environment(ENVIRONMENT)
    aws = EmbeddedAws(
        port=copy.port,
        account=environment.account,
        region=environment.region,
        folder=copy.folder,
    )
    return Deployment(
        aws=aws,
        project=platform.project,
        found=read_deployed(platform, environment, aws.client("cloudformation")),
        contracts=read_contracts(platform, ROOT),
    )
