"""The accounts that a pipeline works in, made ready in the embedded AWS as on AWS."""

from collections.abc import Iterator
from dataclasses import replace

from gatewright.config import Pipeline, Platform
from gatewright.operations.deployed import NotDeployedError, stack_outputs
from local.cdk_cli import run_cdk
from local.embedded_aws import EmbeddedAws
from local.progress import Progress

_ADMINISTRATOR = "arn:aws:iam::aws:policy/AdministratorAccess"


def bootstrap_accounts(
    aws: EmbeddedAws, platform: Platform, pipeline: Pipeline, progress: Progress
) -> None:
    """Bootstrap each account and region that is not, with trust in the pipeline's account."""
    for account, region in _places(platform, pipeline):
        there = replace(aws, account=account, region=region)
        try:
            stack_outputs(there.client("cloudformation"), "CDKToolkit")
            continue
        except NotDeployedError:
            pass
        with progress.step(f"Bootstrapping account {account} in {region} for the CDK"):
            run_cdk(
                [
                    *("bootstrap", f"aws://{account}/{region}", "--trust", pipeline.account),
                    *("--cloudformation-execution-policies", _ADMINISTRATOR),
                ],
                variables=there.variables(),
                log=aws.folder / "rehearsal" / f"bootstrap-{account}-{region}.log",
                say=progress.say,
                folder=aws.folder,  # no app there: bootstrapping needs no synthesis
            )


def _places(platform: Platform, pipeline: Pipeline) -> Iterator[tuple[str, str]]:
    deployed = [platform.environment(name) for name in pipeline.environments]
    # A pipeline has a bucket in each region that it deploys to.
    yield from dict.fromkeys(
        [
            (pipeline.account, pipeline.region),
            *((pipeline.account, environment.region) for environment in deployed),
            *((environment.account, environment.region) for environment in deployed),
        ]
    )
