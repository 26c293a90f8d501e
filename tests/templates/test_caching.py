"""The caches of stages: their size, and the settings of each method."""

from pathlib import Path
from typing import Any

import pytest

from gatewright.config.promotions import Promotion, promotions_file, write_promotions
from gatewright.contract import ContractError
from tests.showcase_templates import lint_findings, showcase_copy, showcase_template
from tests.synthesis import Template, only, resources

RELEASE = Promotion(deployment="abc123", alias="r-0123456789-7")


def bigger_at_prod(version: dict[str, Any]) -> None:
    version["stages"]["prod"]["cache"] = {"size_gb": 6.1, "ttl_seconds": 900}


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Template:
    folder = tmp_path_factory.mktemp("caches")
    root = showcase_copy(folder / "platform")
    promoted = {"news-v1": {"beta": RELEASE, "prod": RELEASE}}
    write_promotions(promotions_file(root, "local"), promoted)
    return showcase_template(folder, "news", bigger_at_prod)


@pytest.fixture(scope="module")
def stages(template: Template) -> dict[str, Any]:
    found = resources(template, "AWS::ApiGateway::Stage").values()
    return {stage["Properties"]["StageName"]: stage["Properties"] for stage in found}


def test_each_stage_has_the_cache_that_it_asks_for(stages: dict[str, Any]) -> None:
    clusters = {name: stage.get("CacheClusterSize") for name, stage in stages.items()}
    assert clusters == {"dev": "0.5", "beta": None, "prod": "6.1"}
    assert "CacheClusterEnabled" not in stages["beta"]
    assert len(stages["beta"]["MethodSettings"]) == 1


def test_only_the_operations_that_are_named_are_kept(stages: dict[str, Any]) -> None:
    kept = {
        f"{setting['HttpMethod']} {setting['ResourcePath']}": setting.get("CacheTtlInSeconds")
        for setting in stages["prod"]["MethodSettings"]
        if setting["CachingEnabled"]
    }
    assert kept == {
        "GET /~1headlines": 900,
        "GET /~1headlines~1{id}": 1,
        "GET /~1saved": 900,
    }
    assert all(setting["CacheDataEncrypted"] for setting in stages["prod"]["MethodSettings"])


def test_a_cached_method_has_the_limits_and_logs_of_every_other(stages: dict[str, Any]) -> None:
    of_cache = {"CachingEnabled", "CacheTtlInSeconds", "ResourcePath", "HttpMethod"}
    settings = [
        {name: value for name, value in setting.items() if name not in of_cache}
        for setting in stages["prod"]["MethodSettings"]
    ]
    assert settings[0]["ThrottlingRateLimit"] == 500
    assert all(setting == settings[0] for setting in settings)


def test_the_keys_are_in_the_integration(template: Template) -> None:
    _, api = only(template, "AWS::ApiGateway::RestApi")
    paths = api["Properties"]["Body"]["paths"]
    keys = {
        path: item["get"]["x-amazon-apigateway-integration"].get("cacheKeyParameters")
        for path, item in paths.items()
    }
    assert keys == {
        "/edition": None,
        "/ticker": None,
        "/headlines": ["method.request.querystring.limit"],
        "/headlines/{id}": ["method.request.path.id"],
        "/saved": ["method.request.header.x-api-key"],
    }


def test_cloudformation_lint_finds_nothing(template: Template) -> None:
    assert lint_findings(template) == []


def test_answers_that_depend_on_the_caller_are_not_kept_without_the_caller(tmp_path: Path) -> None:
    def without_the_key(version: dict[str, Any]) -> None:
        version["cache"]["operations"]["listSaved"] = {}

    with pytest.raises(ContractError, match="one caller would get another's answer"):
        showcase_template(tmp_path, "news", without_the_key)
