"""An API's stack stays small, however many routes it has."""

import json
from collections import Counter
from pathlib import Path

import pytest

from bench.crud.ours import write_platform
from gatewright.config import load_platform
from tests.synthesis import ROOT, Template, resources, synthesise

# What each function brings for itself, besides its log group.
OF_A_FUNCTION = {
    "AWS::IAM::Policy",
    "AWS::IAM::Role",
    "AWS::Lambda::Alias",
    "AWS::Lambda::Function",
    "AWS::Lambda::Permission",
    "AWS::Lambda::Version",
}
MOST_BESIDE_FUNCTIONS = 20
# CloudFormation's own limit of a template. AWS: "CloudFormation quotas".
MOST_BYTES = 1_000_000
APIS = [api.api_name for api in load_platform(ROOT / "platform.yaml").apis]
PREFIXES = ("000000000000-us-east-1/gatewright-local", "111111111111-us-east-1/gatewright-prod")


def _beside_functions(template: Template) -> int:
    kinds = Counter(resource["Type"] for resource in template["Resources"].values())
    beside = sum(count for kind, count in kinds.items() if kind not in OF_A_FUNCTION)
    return beside - kinds["AWS::Lambda::Function"]  # a log group for each


@pytest.mark.parametrize("api", APIS)
@pytest.mark.parametrize("prefix", PREFIXES)
def test_the_shipped_apis_have_few_resources(
    templates: dict[str, Template], api: str, prefix: str
) -> None:
    assert _beside_functions(templates[f"{prefix}-{api}"]) <= MOST_BESIDE_FUNCTIONS


@pytest.fixture(scope="module", params=[20, 1000])
def crud(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[int, Path]:
    """The number of routes of a generated API, and its cloud assembly."""
    folder = tmp_path_factory.mktemp("crud")
    root = write_platform(folder / "app", request.param)
    synthesise(folder / "out", root=root)
    return request.param, folder / "out"


def test_every_route_is_one_in_the_body_of_one_api(crud: tuple[int, Path]) -> None:
    count, outdir = crud
    [file] = outdir.rglob("*shop*.template.json")
    template = json.loads(file.read_text())
    [api] = resources(template, "AWS::ApiGateway::RestApi").values()
    paths = api["Properties"]["Body"]["paths"].values()
    # CORS is off, so no path has an OPTIONS of its own.
    assert sum(len(item) for item in paths) == count
    assert _beside_functions(template) <= MOST_BESIDE_FUNCTIONS
    assert file.stat().st_size < MOST_BYTES
