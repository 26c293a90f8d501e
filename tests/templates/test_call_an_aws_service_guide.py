"""The files in docs/guides/call-an-aws-service.md and integrations.md are what they say."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from gatewright.contract import ContractError
from tests.synthesis import (
    ROOT,
    Template,
    change_yaml,
    copied_platform,
    only,
    resources,
    synthesise,
)

GUIDES = ROOT / "docs" / "guides"
CALLS = (GUIDES / "call-an-aws-service.md").read_text()
INTEGRATIONS = (GUIDES / "integrations.md").read_text()


def blocks(guide: str, kind: str) -> list[str]:
    return re.findall(rf"```{kind}\n(.*?)```", guide, re.DOTALL)


def shop(folder: Path, services: str, contract: str) -> Path:
    """A platform with the service of the guide beside the example."""
    root = copied_platform(folder)
    service = root / "lambda_src" / "shop"
    (service / "v1").mkdir(parents=True)
    (service / "__init__.py").touch()
    (service / "requirements.txt").touch()
    (service / "v1" / "openapi.yaml").write_text(contract)
    [*_, resource] = blocks(CALLS, "yaml")

    def add(platform: dict[str, Any]) -> None:
        platform["services"].update(yaml.safe_load(services)["services"])
        for environment in platform["environments"].values():
            environment.update(yaml.safe_load(resource))

    change_yaml(root / "platform.yaml", add)
    return root


def made(root: Path, folder: Path) -> Template:
    return synthesise(folder, root=root, only="local")[
        "000000000000-us-east-1/gatewright-local-shop-v1"
    ]


def test_the_guides_service_needs_no_function(tmp_path: Path) -> None:
    contract, services, _resource = blocks(CALLS, "yaml")
    template = made(shop(tmp_path / "app", services, contract), tmp_path / "out")
    assert not resources(template, "AWS::Lambda::Function")
    _, policy = only(template, "AWS::IAM::Policy")
    text = json.dumps(policy["Properties"]["PolicyDocument"])
    for action in ("dynamodb:GetItem", "dynamodb:PutItem", "sqs:SendMessage"):
        assert action in text
    assert "arn:aws:sqs:us-east-1:000000000000:orders" in text


@pytest.mark.parametrize("index", [0, 1])
def test_the_guides_template_is_told_of_as_it_says(tmp_path: Path, index: int) -> None:
    [template] = blocks(INTEGRATIONS, "vtl")
    contract = (ROOT / "tests/showcase/lambda_src/joined/v1/openapi.yaml").read_text()
    only_jobs = yaml.safe_load(contract)
    only_jobs["paths"] = {"/jobs": only_jobs["paths"]["/jobs"]}
    services = {
        "shop": {
            "versions": {
                "v1": {
                    "contract": "shop/v1/openapi.yaml",
                    "integrations": {
                        "makeJob": {
                            "lambda": {"handler": "shop.reports:make"},
                            "request_template": "shop/v1/job.vtl",
                        }
                    },
                }
            }
        }
    }
    root = shop(tmp_path / "app", yaml.safe_dump({"services": services}), yaml.safe_dump(only_jobs))
    mended = template.replace("sourceIP", "sourceIp") if index else template
    (root / "lambda_src" / "shop" / "v1" / "job.vtl").write_text(mended)
    with pytest.raises(ContractError) as caught:
        made(root, tmp_path / "out")
    assert str(caught.value).partition("\n")[2] + "\n" == blocks(INTEGRATIONS, "text")[index]
