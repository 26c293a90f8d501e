"""`make watch`: what is saved is served, what is wrong is not, and nothing drifts."""

import shutil
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
import yaml

from gatewright.config import load_platform
from local.embedded_aws import EmbeddedAws, LocalError
from local.inner_loop.observed import seconds_until, watching
from local.inner_loop.superseded import KEPT
from local.one_at_a_time import only_watcher
from local.progress import Progress
from local.server_process import running, stop
from local.up import ENVIRONMENT, up
from tests.local.changed_platform import deployable_copy
from tests.local.showcase import SHOWCASE
from tests.local.watched import Watched
from tests.synthesis import change_text

pytestmark = pytest.mark.long

STOCK = Path("lambda_src/foods/v1/stock.py")
HANDLER = Path("lambda_src/foods/v1/handler.py")
PLATFORM = Path("platform.yaml")
STACK = Path("stacks/api.py")
CONTRACT = Path("lambda_src/shop/v1/openapi.yaml")
SCHEMAS = Path("lambda_src/shop/v1/schemas.yaml")
SHOP = """services:
  shop:
    versions:
      v1: {contract: shop/v1/openapi.yaml, handler: "shop.handler:answer"}
"""
DEMO = "  demo:\n    apis: [foods-v1, foods-v2]"
FOODS = ["hamburger", "hotdog"]
SOUP = ('"hotdog": "no"', '"hotdog": "no", "soup": "no"')
# A resource that the embedded AWS cannot make.
LAST_LINE = '        CfnOutput(self, "Url", value=self.url)'
BROKEN = """
        from aws_cdk import CfnResource

        CfnResource(self, "Broken", type="AWS::CodePipeline::Pipeline")"""


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The platform, and a service whose contract is in files."""
    root = deployable_copy(tmp_path_factory.mktemp("watch") / "platform")
    shutil.copytree(SHOWCASE / "lambda_src" / "shop", root / "lambda_src" / "shop")
    change_text(root / PLATFORM, "services:\n", SHOP)
    change_text(root / PLATFORM, DEMO, DEMO.replace("]", ", shop-v1]"))
    return root


@pytest.fixture(scope="module")
def watched(root: Path) -> Iterator[Watched]:
    """Deployed by the watcher itself, which finds nothing up."""
    environment = load_platform(root / PLATFORM).environment(ENVIRONMENT)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    aws = EmbeddedAws(
        port=port,
        account=environment.account,
        region=environment.region,
        folder=root / ".gatewright",
    )
    try:
        with watching(root, port) as watcher:
            yield Watched(root, aws, watcher)
    finally:
        stop(aws.folder)


@pytest.fixture(autouse=True)
def as_it_was(watched: Watched) -> Iterator[None]:
    watched.serves(FOODS)
    yield
    watched.serves(FOODS)


def test_saved_code_is_served_and_so_is_its_undoing(watched: Watched) -> None:
    with watched.saved(STOCK, *SOUP):
        took = watched.serves([*FOODS, "soup"])
        said = watched.said("deployed in")
        assert f"{STOCK} saved: code of foods-v1" in said
        assert "routes" not in said
    back = watched.serves(FOODS)
    assert "code of foods-v1" in watched.said("deployed in")
    print(f"code served after {took:.2f} s, the undone code after {back:.2f} s")


def test_a_saved_route_is_served_and_documented(watched: Watched) -> None:
    url, document = watched.url(), Path(watched.outputs["apis"]["foods-v1"]["openapi"])
    with watched.saved(HANDLER, '@app.get("/", ', '@app.get("/hello", '):
        took = seconds_until(lambda: httpx.get(f"{url}hello").status_code == 200)
        assert took < 10
        assert "routes of foods-v1" in watched.said("deployed in")
        seconds_until(lambda: '"/hello"' in document.read_text())
        assert httpx.get(url).status_code == 403
    seconds_until(lambda: httpx.get(url).status_code == 200)
    print(f"route served after {took:.2f} s")


def test_a_saved_contract_file_is_served_and_documented(watched: Watched) -> None:
    url, document = watched.url("shop-v1"), Path(watched.outputs["apis"]["shop-v1"]["openapi"])
    with watched.saved(CONTRACT, "  /orders:", "  /purchases:"):
        seconds_until(lambda: httpx.get(f"{url}purchases").status_code == 200)
        assert f"{CONTRACT} saved: code, routes of shop-v1" in watched.said("deployed in")
        seconds_until(lambda: '"/purchases"' in document.read_text())
    seconds_until(lambda: httpx.get(f"{url}orders").status_code == 200)


def test_a_saved_file_that_a_contract_refers_to_is_its_model(watched: Watched) -> None:
    url, key = watched.url("shop-v1"), watched.outputs["demo"]["api_key"]
    with httpx.Client(base_url=url, headers={"x-api-key": key}) as client:
        order = {"id": "o-1", "quantity": 3, "gift": True}
        assert client.post("orders", json=order).status_code == 400
        with watched.saved(SCHEMAS, "    size:", "    gift: {type: boolean}\n    size:"):
            seconds_until(lambda: client.post("orders", json=order).status_code == 201)
            watched.said("deployed in")
        seconds_until(lambda: client.post("orders", json=order).status_code == 400)
    watched.said("deployed in")


@pytest.mark.parametrize(
    ("file", "old", "new", "report"),
    [
        (STOCK, "def list_foods()", "def list_foods(", "stock.py:"),
        (HANDLER, ', security=[{"api_key": []}]', "", "GET /list_foods"),
        (PLATFORM, "[demo, tiny]", "[demo, tinny]", "did you mean 'tiny'?"),
        (STACK, "super().__init__(", "super().__init__((", "stacks/api.py"),
        (HANDLER, "app = RestApp()", "import os; os._exit(3)", "ended with code 3"),
        (CONTRACT, "post:", "posst:", "openapi.yaml:"),
        (SCHEMAS, "type: integer", "type: number2", "schemas.yaml:"),
    ],
    ids=["syntax", "rule", "platform.yaml", "stacks", "exit", "contract", "schema"],
)
def test_a_mistake_is_reported_and_the_api_goes_on(
    watched: Watched, file: Path, old: str, new: str, report: str
) -> None:
    with watched.saved(file, old, new):
        assert f"{file} saved: not deployed" in watched.said(report)
        assert watched.foods() == FOODS
    watched.said(f"{file} saved: nothing to deploy")


def test_a_failed_deployment_is_rolled_back_and_tried_again(watched: Watched) -> None:
    for _attempt in range(2):
        with watched.saved(STACK, LAST_LINE, LAST_LINE + BROKEN):
            said = watched.said("AWS::CodePipeline::Pipeline")
            assert f"{STACK} saved: not deployed" in said
            assert watched.foods() == FOODS
        watched.said(f"{STACK} saved: nothing to deploy")


def test_a_new_version_and_a_setting_are_deployed_together(watched: Watched) -> None:
    text = (watched.root / PLATFORM).read_text()
    platform: dict[str, Any] = yaml.safe_load(text)
    versions = platform["services"]["foods"]["versions"]
    versions["v9"] = versions["v1"]
    platform["environments"]["local"]["log_retention_days"] = 7
    watched.save_as(PLATFORM, yaml.safe_dump(platform))
    said = watched.said("deployed in")
    assert "all of foods-v9" in said
    assert "LogGroup of foods-v1" in said
    seconds_until(lambda: "foods-v9" in watched.outputs["apis"])
    assert httpx.get(watched.url("foods-v9")).json() == {"hello": "world"}
    watched.save_as(PLATFORM, text)
    watched.said("deployed in")


def test_old_releases_do_not_pile_up(watched: Watched) -> None:
    text = (watched.root / STOCK).read_text()
    for number in range(KEPT + 2):
        watched.save_as(STOCK, f"{text}\nNUMBER = {number}\n")
        watched.said("deployed in")
    watched.save_as(STOCK, text)
    watched.said("deployed in")

    client = watched.aws.client("lambda")
    for function in client.list_functions()["Functions"]:
        name = function["FunctionName"]
        assert len(client.list_aliases(FunctionName=name)["Aliases"]) <= KEPT
        # $LATEST is a version too.
        assert len(client.list_versions_by_function(FunctionName=name)["Versions"]) <= KEPT + 1
    assert not list(watched.aws.folder.glob("watch-*"))


def test_up_beside_it_finds_nothing_to_deploy(watched: Watched) -> None:
    with watched.saved(STOCK, *SOUP):
        watched.serves([*FOODS, "soup"])
        watched.said("deployed in")
        up(Progress(), watched.aws, watched.root)
        log = (watched.aws.folder / "deploy.log").read_text()
        assert log.count("(no changes)") == log.count("✅") > 0
        assert watched.foods() == [*FOODS, "soup"]


def test_a_second_watcher_is_refused(watched: Watched) -> None:
    with (
        pytest.raises(LocalError, match="Another `make watch`"),
        only_watcher(watched.aws.folder),
    ):
        pass


def test_it_starts_again_what_was_stopped(watched: Watched) -> None:
    stop(watched.aws.folder)
    with watched.saved(STOCK, *SOUP):
        watched.said("saved: nothing to deploy")  # what starts it deploys it
        watched.serves([*FOODS, "soup"])
        assert running(watched.aws.folder) is not None


def test_it_ends_and_leaves_the_embedded_aws_up(watched: Watched) -> None:
    assert watched.watcher.end() == 0
    assert "still runs: `make down` stops it" in watched.watcher.said
    assert running(watched.aws.folder) is not None
