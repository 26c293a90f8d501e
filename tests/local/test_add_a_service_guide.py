"""docs/guides/add-a-service.md, followed word by word in a copy of the platform."""

import os
import re
import subprocess
from pathlib import Path

import pytest

from gatewright.config import load_platform
from gatewright.operations.deployed import Deployed, read_deployed
from local.cdk_cli import ROOT
from local.embedded_aws import EmbeddedAws
from local.outputs import local_url
from stacks.contracts import read_contracts
from tests.local.changed_platform import deploy, deployable_copy
from tests.local.requests import calls
from tests.synthesis import change_text, change_yaml

GUIDE = (ROOT / "docs" / "guides" / "add-a-service.md").read_text()


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", GUIDE, re.DOTALL)


def written_files() -> dict[str, str]:
    """The files that the guide shows, each below its name."""
    return dict(re.findall(r"^`(lambda_src/\S+)`\n\n```python\n(.*?)```", GUIDE, re.S | re.M))


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The platform with the guide's service, under a name of its own."""
    root = deployable_copy(tmp_path_factory.mktemp("guide") / "platform")
    subprocess.run(["/bin/sh", "-e", "-c", blocks("sh")[0]], cwd=root, check=True)
    for name, text in written_files().items():
        (root / name).write_text(text)
    service, apis = blocks("yaml")
    file = root / "platform.yaml"
    change_text(file, "services:\n", "services:\n" + service)
    change_text(file, "    apis: [foods-v1, foods-v2]\n", apis)
    change_yaml(file, lambda platform: platform.update(project="guide"))
    return root


@pytest.fixture(scope="module")
def deployed(own_aws: EmbeddedAws, root: Path) -> Deployed:
    deploy(own_aws, root)
    platform = load_platform(root / "platform.yaml")
    environment = platform.environment("local")
    return read_deployed(platform, environment, own_aws.client("cloudformation"))


def test_it_is_a_folder_and_a_few_lines() -> None:
    assert set(written_files()) == {
        "lambda_src/drinks/__init__.py",
        "lambda_src/drinks/handler.py",
        "lambda_src/drinks/menu.py",
    }
    assert sum(len(block.splitlines()) for block in blocks("yaml")) < 12


@pytest.mark.long
def test_the_guides_calls_answer_what_it_says(own_aws: EmbeddedAws, deployed: Deployed) -> None:
    key = own_aws.client("apigateway").get_api_key(
        apiKey=deployed.key_ids["demo"], includeValue=True
    )["value"]
    url = local_url(own_aws, deployed.apis["drinks-v1"])
    ran = subprocess.run(
        ["/bin/sh", "-e", "-c", blocks("sh")[1].replace("curl", "curl -sS -w '\\n'")],
        env={**os.environ, "DRINKS": url, "KEY": str(key)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert ran.stdout.splitlines() == ['{"cents":250}'] * 2


def test_the_suite_covers_it_without_a_new_test(root: Path) -> None:
    contracts = read_contracts(load_platform(root / "platform.yaml"), root)
    labels = {call.label for call in calls({"drinks-v1": contracts["drinks-v1"]})}
    assert labels == {"drinks-v1 GET /drinks/{name}", "drinks-v1 PUT /drinks/{name}"}
