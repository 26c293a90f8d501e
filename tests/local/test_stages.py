"""Several stages of one API: code is deployed to the first, and promoted to the others."""

from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from gatewright.config import load_platform
from gatewright.config.promotions import promotions_file
from gatewright.operations.deployed import read_deployed
from gatewright.operations.promotion import PromotionError
from local.embedded_aws import EmbeddedAws
from local.outputs import local_url
from local.promote import parse, promote
from tests.local.changed_platform import deploy
from tests.local.showcase import deployable_showcase
from tests.local.target import Target
from tests.synthesis import change_text

API = "news-v1"
HANDLER = Path("lambda_src/news/handler.py")


@dataclass(frozen=True)
class Staged:
    """The showcase's API of several stages, and the folder that it is deployed from."""

    aws: EmbeddedAws
    root: Path
    rest_api_id: str
    keys: dict[str, str]

    def deploy(self) -> None:
        deploy(self.aws, self.root)

    def promote(self, stage: str, *words: str) -> str:
        arguments = ["--stage", stage, *words]
        return promote(parse(arguments), self.root, self.aws.folder)

    def get(self, stage: str, key: str = "demo", path: str = "edition") -> httpx.Response:
        platform = load_platform(self.root / "platform.yaml")
        found = read_deployed(
            platform, platform.environment("local"), self.aws.client("cloudformation")
        )
        url = local_url(self.aws, found.apis[API], stage)
        return httpx.get(f"{url}{path}", headers={"x-api-key": self.keys[key]})

    def edition(self, stage: str) -> str:
        response = self.get(stage)
        assert response.status_code == 200, response.text
        return str(response.json()["edition"])

    def stage(self, name: str) -> dict[str, object]:
        gateway = self.aws.client("apigateway")
        found = gateway.get_stage(restApiId=self.rest_api_id, stageName=name)
        return {field: found[field] for field in ("deploymentId", "variables", "methodSettings")}


@pytest.fixture(scope="module")
def staged(
    own_aws: EmbeddedAws, showcase: Target, tmp_path_factory: pytest.TempPathFactory
) -> Staged:
    """A copy of the showcase to change. What it leaves deployed differs by an edition."""
    gateway = own_aws.client("apigateway")
    keys = {
        name: gateway.get_api_key(apiKey=key_id, includeValue=True)["value"]
        for name, key_id in showcase.deployed.key_ids.items()
    }
    root = deployable_showcase(tmp_path_factory.mktemp("staged") / "platform")
    return Staged(own_aws, root, showcase.deployed.apis[API].rest_api_id, keys)


def test_a_stage_that_nothing_was_promoted_to_is_not_deployed(staged: Staged) -> None:
    assert staged.get("dev").json()["greeting"] == "hello"
    assert staged.get("prod").status_code == 403
    with pytest.raises(PromotionError, match="news-v1:beta is not deployed"):
        staged.promote("prod")


@pytest.mark.long
@pytest.mark.proves("several stages of one API")
def test_a_promoted_stage_keeps_its_release_while_others_move_on(staged: Staged) -> None:
    assert "news-v1:beta is to serve r-" in staged.promote("beta")
    staged.promote("prod", "--from", "dev")
    staged.deploy()
    assert [staged.edition(name) for name in ("dev", "beta", "prod")] == ["morning"] * 3
    kept = staged.stage("prod")

    # Code and contract change together, and both stay as they were at prod.
    change_text(staged.root / HANDLER, '"morning"', '"evening"')
    change_text(staged.root / "lambda_src/news/openapi.yaml", "  /edition:", "  /latest:")
    staged.deploy()
    assert staged.get("dev", path="latest").json()["edition"] == "evening"
    assert (staged.get("dev").status_code, staged.get("prod", path="latest").status_code) == (
        403,
        403,
    )
    assert staged.edition("prod") == "morning"
    assert staged.stage("prod") == kept


@pytest.mark.long
def test_a_promotion_moves_one_stage_and_the_files_earlier_version_moves_it_back(
    staged: Staged,
) -> None:
    file = promotions_file(staged.root, "local")
    before = file.read_text()
    staged.promote("prod", "--from", "dev")
    assert "already" in staged.promote("prod", "--from", "dev")
    staged.deploy()
    assert staged.get("prod", path="latest").json()["edition"] == "evening"
    assert staged.edition("beta") == "morning"
    assert staged.stage("prod")["deploymentId"] == staged.stage("dev")["deploymentId"]

    file.write_text(before)
    staged.deploy()
    assert staged.edition("prod") == "morning"
    _a_plan_covers_one_stage_or_all_of_them(staged)
    _stages_have_settings_of_their_own(staged)


def _a_plan_covers_one_stage_or_all_of_them(staged: Staged) -> None:
    statuses = [staged.get(name, "reader").status_code for name in ("beta", "prod")]
    assert statuses == [403, 200]
    assert staged.get("dev", "reader", "latest").status_code == 403
    assert {staged.get(name).status_code for name in ("beta", "prod")} == {200}
    assert staged.get("dev", path="latest").status_code == 200


def _stages_have_settings_of_their_own(staged: Staged) -> None:
    settings = {name: staged.stage(name)["methodSettings"] for name in ("dev", "prod")}
    assert settings["dev"]["*/*"]["loggingLevel"] == "INFO"  # type: ignore[index]
    assert settings["prod"]["*/*"]["loggingLevel"] == "ERROR"  # type: ignore[index]
    assert settings["prod"]["*/*"]["throttlingRateLimit"] == 500  # type: ignore[index]
    assert staged.get("prod").json()["greeting"] is None
