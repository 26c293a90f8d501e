"""Which release may be promoted to which stage."""

from typing import Any

import boto3
import pytest
from botocore.stub import Stubber

from gatewright.config import ApiConfig
from gatewright.config.promotions import Promotion
from gatewright.config.stage_sections import StageFields
from gatewright.operations.promotion import PromotionError, served, stage_before

API = ApiConfig(
    service="foods",
    version="v1",
    title="Foods",
    routes="foods.v1.handler:app",
    stages={
        "dev": StageFields(),
        "beta": StageFields(release="promoted"),
        "prod": StageFields(release="promoted"),
    },
)


@pytest.fixture
def gateway() -> Any:
    return boto3.client("apigateway", "us-east-1", aws_access_key_id="x", aws_secret_access_key="x")


def test_a_release_comes_from_the_stage_before() -> None:
    assert (stage_before(API, "beta"), stage_before(API, "prod")) == ("dev", "beta")


@pytest.mark.parametrize(
    ("stage", "message"),
    [
        ("pord", "foods-v1 has no stage 'pord'; did you mean 'prod'?"),
        ("live", "foods-v1 has no stage 'live'; it has dev, beta, prod."),
        ("dev", "foods-v1:dev takes every deployment by itself.*'release: promoted'"),
    ],
)
def test_other_stages_are_refused(stage: str, message: str) -> None:
    with pytest.raises(PromotionError, match=message):
        stage_before(API, stage)


def test_what_a_stage_serves_is_deployment_and_alias(gateway: Any) -> None:
    answer = {"deploymentId": "abc", "variables": {"lambdaAlias": "r-0123456789-1", "x": "y"}}
    with Stubber(gateway) as stub:
        stub.add_response("get_stage", answer, {"restApiId": "api", "stageName": "dev"})
        found = served(gateway, "api", "foods-v1", "dev")
    assert found == Promotion(deployment="abc", alias="r-0123456789-1")


def test_a_stage_that_is_not_deployed_has_nothing_to_promote(gateway: Any) -> None:
    with Stubber(gateway) as stub:
        stub.add_client_error("get_stage", "NotFoundException")
        with pytest.raises(PromotionError, match="foods-v1:beta is not deployed: deploy it"):
            served(gateway, "api", "foods-v1", "beta")
