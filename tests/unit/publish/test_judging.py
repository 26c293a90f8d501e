"""The judge of a release."""

from pathlib import Path

import pytest

from gatewright.publish.errors import PublishError
from gatewright.publish.judging import judge_with, predecessor
from tests.unit.publish.release_parts import document

GOODS = document("list_goods", "find_goods")


def test_the_predecessor_is_the_next_lower_version_of_the_same_service() -> None:
    names = dict.fromkeys(["shop-v1", "shop-v3", "till-v2", "shop-v10"], GOODS)
    assert predecessor("shop-v10", names) == "shop-v3"
    assert predecessor("shop-v3", names) == "shop-v1"
    assert predecessor("shop-v1", names) is None
    assert predecessor("shop", names) is None


def test_what_was_written_down_is_not_told_again(tmp_path: Path) -> None:
    declared = tmp_path / "breaking.yaml"
    judge = judge_with({"shop-v1": document("list_goods")}, declared)
    verdict = judge("shop-v1", GOODS, document("list_goods"))
    assert verdict.version == "2.0.0"
    assert len(verdict.undeclared) == 1
    declared.write_text(
        "shop-v1:\n  - {kind: operation-removed, operation: GET /find_goods, reason: unused}\n"
    )
    judge = judge_with({"shop-v1": document("list_goods")}, declared)
    assert judge("shop-v1", GOODS, document("list_goods")).undeclared == ()


def test_a_file_that_cannot_be_read_is_named_with_its_line(tmp_path: Path) -> None:
    declared = tmp_path / "breaking.yaml"
    declared.write_text("shop-v1:\n  - {kind: operation-remved, reason: unused}\n")
    with pytest.raises(PublishError, match=r"breaking\.yaml:2"):
        judge_with({}, declared)


def test_a_contract_that_cannot_be_compared_is_named() -> None:
    judge = judge_with({}, None)
    with pytest.raises(PublishError, match=r"shop-v1: .*Nothing was published"):
        judge("shop-v1", GOODS, {**GOODS, "openapi": None, "swagger": "2.0"})
