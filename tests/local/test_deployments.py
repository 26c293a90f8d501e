"""One deployment after another: nothing changed, code changed and reverted, one that fails."""

import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from gatewright.config import load_platform
from gatewright.operations.deployed import read_deployed
from local.cdk_cli import ROOT
from local.embedded_aws import EmbeddedAws, LocalError
from local.outputs import read_outputs
from local.progress import Progress
from local.up import up
from stacks.platform import stack_ids
from tests.local.changed_platform import deploy, deployable_copy
from tests.local.target import Target
from tests.synthesis import change_text

STOCK = Path("lambda_src/foods/v1/stock.py")
HANDLER = Path("lambda_src/foods/v1/handler.py")
# A resource that no AWS can make, after everything else of the API's stack: its API is nobody's.
LAST_LINE = '        CfnOutput(self, "Url", value=self.url)'
BROKEN = """
        from aws_cdk import CfnResource

        broken = CfnResource(
            self, "Broken", type="AWS::ApiGateway::Deployment", properties={"RestApiId": "nobodys"}
        )
        broken.node.add_dependency(self.api.stage)"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return deployable_copy(tmp_path / "platform")


@pytest.fixture
def token(target: Target) -> Iterator[str]:
    with target.token() as value:
        yield value


def hotdogs(target: Target, token: str) -> object:
    response = httpx.get(
        target.urls["foods-v1"] + "check_stock/hotdog",
        headers={"Authorization": f"Bearer {token}"},
    )
    assert response.status_code == 200, response.text
    return response.json()["in_stock"]


def aliases(target: Target, aws: EmbeddedAws) -> dict[str, str]:
    stack = target.stack_names["foods-v1"]
    found = aws.client("cloudformation").describe_stack_resources(StackName=stack)
    [function] = [
        resource["PhysicalResourceId"]
        for resource in found["StackResources"]
        if resource["ResourceType"] == "AWS::Lambda::Function"
    ]
    listed = aws.client("lambda").list_aliases(FunctionName=function)["Aliases"]
    return {alias["Name"]: alias["FunctionVersion"] for alias in listed}


def stage(target: Target, aws: EmbeddedAws) -> dict[str, object]:
    api = target.deployed.apis["foods-v1"]
    return dict(aws.client("apigateway").get_stage(restApiId=api.rest_api_id, stageName=api.stage))


@pytest.mark.long
def test_a_second_up_changes_nothing(own_aws: EmbeddedAws) -> None:
    before = read_outputs(own_aws.folder)
    up(Progress(), own_aws)
    platform = load_platform(ROOT / "platform.yaml")
    stacks = 1 + len(stack_ids(platform, platform.environment("local")))
    assert (own_aws.folder / "deploy.log").read_text().count("(no changes)") == stacks
    assert read_outputs(own_aws.folder) == before


def test_changed_code_and_its_revert_are_releases_of_their_own(
    own_aws: EmbeddedAws, target: Target, root: Path, token: str
) -> None:
    before, first = aliases(target, own_aws), stage(target, own_aws)
    assert hotdogs(target, token) == "no"
    change_text(root / STOCK, '"hotdog": "no"', '"hotdog": "yes"')
    deploy(own_aws, root)
    assert hotdogs(target, token) == "yes"
    change_text(root / STOCK, '"hotdog": "yes"', '"hotdog": "no"')
    deploy(own_aws, root)
    assert hotdogs(target, token) == "no"

    after, last = aliases(target, own_aws), stage(target, own_aws)
    # Both earlier releases are kept, and the revert has an alias of its own.
    assert len(after) == len(before) + 2
    assert before.items() <= after.items()
    assert last["variables"] != first["variables"]
    assert last["variables"]["lambdaAlias"] in after  # type: ignore[index]
    # The contract did not change, so neither did the deployment.
    assert last["deploymentId"] == first["deploymentId"]


@pytest.mark.long
def test_a_changed_route_is_served_by_the_same_api(
    own_aws: EmbeddedAws, target: Target, root: Path
) -> None:
    first = stage(target, own_aws)
    change_text(root / HANDLER, '@app.get("/", ', '@app.get("/hello", ')
    deploy(own_aws, root)
    url = target.urls["foods-v1"]
    assert httpx.get(url + "hello").json() == {"hello": "world"}
    assert httpx.get(url).status_code == 403
    assert stage(target, own_aws)["deploymentId"] != first["deploymentId"]
    change_text(root / HANDLER, '@app.get("/hello", ', '@app.get("/", ')
    deploy(own_aws, root)
    assert httpx.get(url).json() == {"hello": "world"}
    assert read_deployed_id(own_aws, target) == target.deployed.apis["foods-v1"].rest_api_id


@pytest.mark.long
def test_a_failed_deployment_leaves_the_api_as_it_was(
    own_aws: EmbeddedAws, target: Target, root: Path, token: str
) -> None:
    before, first = aliases(target, own_aws), stage(target, own_aws)
    change_text(root / STOCK, '"hotdog": "no"', '"hotdog": "yes"')
    change_text(root / HANDLER, '"/list_foods"', '"/foods"')
    change_text(root / "stacks" / "api.py", LAST_LINE, LAST_LINE + BROKEN)
    with (
        answers_meanwhile(target, token) as answers,
        pytest.raises(LocalError, match="Invalid API identifier"),
    ):
        deploy(own_aws, root)
    assert len(answers) > 10
    # The stage is moved and moved back: a caller may see the other code, and nobody an error.
    assert {status for status, _stock in answers} == {200}
    assert answers[-1] == (200, "no")

    assert hotdogs(target, token) == "no"
    with target.key() as key:
        listed = httpx.get(target.urls["foods-v1"] + "list_foods", headers={"x-api-key": key})
    assert listed.status_code == 200
    after = stage(target, own_aws)
    assert after["variables"] == first["variables"]
    assert after["deploymentId"] == first["deploymentId"]
    assert aliases(target, own_aws) == before

    deploy(own_aws, copied_back(root))
    assert hotdogs(target, token) == "no"


@contextmanager
def answers_meanwhile(target: Target, token: str) -> Iterator[list[tuple[int, str]]]:
    """What callers get while something else goes on."""
    answers: list[tuple[int, str]] = []
    done = threading.Event()

    def call() -> None:
        headers = {"Authorization": f"Bearer {token}"}
        with httpx.Client(base_url=target.urls["foods-v1"], headers=headers) as client:
            while not done.wait(0.05):
                response = client.get("check_stock/hotdog")
                answers.append((response.status_code, response.json().get("in_stock")))

    caller = threading.Thread(target=call)
    caller.start()
    try:
        yield answers
    finally:
        done.set()
        caller.join()


def copied_back(root: Path) -> Path:
    """The same folder with the shipped service and stacks."""
    for folder in ("lambda_src", "stacks"):
        shutil.rmtree(root / folder)
        shutil.copytree(ROOT / folder, root / folder)
    return root


def read_deployed_id(aws: EmbeddedAws, target: Target) -> str:
    platform = load_platform(ROOT / "platform.yaml")
    environment = target.deployed.environment
    deployed = read_deployed(platform, environment, aws.client("cloudformation"))
    return deployed.apis["foods-v1"].rest_api_id
