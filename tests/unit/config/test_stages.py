"""Stages of a version, the plans over them, and the file of what was promoted."""

from collections.abc import Callable
from pathlib import Path

import pytest

from gatewright.config import ConfigError, load_platform
from gatewright.config.promotions import (
    Promotion,
    promotions_file,
    read_promotions,
    write_promotions,
)
from tests.unit.config.conftest import edited

CORS = '        cors: {allow_origin: "*"}\n'
STAGES = "        stages: {dev: {}, prod: {release: promoted}}\n"
FOUND = {"foods-v1": {"prod": Promotion(deployment="a1b2c3", alias="r-0123456789-7")}}


def test_stages_keep_their_order(platform_file: Callable[[str], Path]) -> None:
    api = load_platform(platform_file(edited((CORS, STAGES)))).apis[0]
    assert [(name, stage.release) for name, stage in api.stages.items()] == [
        ("dev", "newest"),
        ("prod", "promoted"),
    ]


def test_a_key_may_be_on_plans_of_different_stages(platform_file: Callable[[str], Path]) -> None:
    text = edited(
        (CORS, STAGES),
        ("apis: [foods-v1, orders-v2]", 'apis: ["foods-v1:dev", orders-v2]'),
        ("apis: [foods-v1]", 'apis: ["foods-v1:prod"]'),
        ("demo: {plans: [demo]}", "demo: {plans: [demo, standard]}"),
    )
    assert load_platform(platform_file(text)).plans[0].apis == ("foods-v1:dev", "orders-v2")


@pytest.mark.parametrize(
    ("first", "second"), [("foods-v1", "foods-v1:prod"), ("foods-v1:prod", "foods-v1")]
)
def test_a_key_may_not_be_on_two_plans_of_one_stage(
    refused: Callable[[str], ConfigError], first: str, second: str
) -> None:
    text = edited(
        (CORS, STAGES),
        ("apis: [foods-v1, orders-v2]", f'apis: ["{first}", orders-v2]'),
        ("apis: [foods-v1]", f'apis: ["{second}"]'),
        ("demo: {plans: [demo]}", "demo: {plans: [demo, standard]}"),
    )
    (problem,) = refused(text).problems
    assert problem.path == "keys.demo.plans[1]"
    assert "covers foods-v1:prod as 'demo' does" in problem.found


def test_a_plan_may_not_cover_a_stage_twice(refused: Callable[[str], ConfigError]) -> None:
    text = edited(
        (CORS, STAGES), ("apis: [foods-v1, orders-v2]", 'apis: [foods-v1, "foods-v1:prod"]')
    )
    (problem,) = refused(text).problems
    assert (problem.path, problem.found) == (
        "plans.demo.apis[1]",
        "'foods-v1:prod', which 'foods-v1' covers",
    )


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    file = promotions_file(tmp_path, "prod")
    assert read_promotions(file) == {}
    write_promotions(file, FOUND)
    assert read_promotions(file) == FOUND
    assert file.read_text().startswith("# Written by `make promote`")


@pytest.mark.parametrize(
    "text",
    [
        "foods-v1:\n  prod: {deployment: a1b2c3}\n",
        "foods-v1:\n  prod: {deployment: a1b2c3, alias: live}\n",
        "foods-v1:\n  prod: a1b2c3\n",
        "foods-v1:\n  prod: {deployment: 'A B', alias: r-0123456789-7}\n",
    ],
)
def test_a_damaged_record_is_reported_with_its_line(tmp_path: Path, text: str) -> None:
    file = promotions_file(tmp_path, "prod")
    file.parent.mkdir()
    file.write_text(text)
    with pytest.raises(ConfigError) as caught:
        read_promotions(file)
    (problem,) = caught.value.problems
    assert (problem.line, problem.path) == (2, "foods-v1.prod")
    assert "make promote" in problem.remedy
