"""What the contracts change: compared with the repository, and with what a release published."""

import json
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from gatewright.compare import judge
from gatewright.config import load_platform
from gatewright.publish.published import PublishedError
from stacks.contract_check import (
    ROOT,
    check,
    public_documents,
    summary,
    undeclared_lines,
    write_report,
)
from stacks.contract_record import record

Documents = dict[str, dict[str, Any]]


def shop(*paths: str, version: str = "v1") -> dict[str, Any]:
    get = {"operationId": "x", "security": [{}], "responses": {"200": {"description": "yes"}}}
    return {
        "openapi": "3.0.3",
        "info": {"title": "Shop", "version": version},
        "paths": {path: {"get": {**deepcopy(get), "operationId": path[1:]}} for path in paths},
    }


def published(folder: Path, **documents: dict[str, Any]) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, document in documents.items():
        (folder / f"{name.replace('_', '-')}.json").write_text(json.dumps(document))
    return folder


def test_the_platform_that_ships_breaks_none_of_its_callers() -> None:
    current = public_documents(load_platform(ROOT / "platform.yaml"), ROOT)
    [judgement] = check(ROOT, current, None).values()
    assert judgement.holds
    assert set(judgement.versions) == {path.stem for path in (ROOT / "contracts").glob("*.json")}


def test_before_the_first_release_everything_is_new(tmp_path: Path) -> None:
    [judgement] = check(tmp_path, {"shop-v1": shop("/a")}, None).values()
    assert judgement.holds
    assert summary(judgement) == "shop-v1 1.0.0 is new"


def test_what_a_release_published_counts_besides_the_repository(tmp_path: Path) -> None:
    published(tmp_path / "contracts", shop_v1=shop("/a", version="1.0.0"))
    bucket = published(tmp_path / "bucket", shop_v1=shop("/a", "/b", version="1.1.0"))
    own, released = check(tmp_path, {"shop-v1": shop("/a")}, str(bucket)).values()
    assert own.holds
    assert not released.holds
    assert summary(released) == "shop-v1 1.1.0 becomes 2.0.0, 1 change"
    [line] = undeclared_lines(released)
    assert line.startswith("shop-v1 GET /b: GET /b is gone (operation-removed): ")


@pytest.mark.parametrize(
    "place", ["s3:/bucket/openapi/latest", "s3://bucket", "/nowhere", "https://example.com/x"]
)
def test_a_mistake_in_the_place_is_no_empty_place(tmp_path: Path, place: str) -> None:
    with pytest.raises(PublishedError, match=r"PUBLISHED=.*neither a folder"):
        check(tmp_path, {"shop-v1": shop("/a")}, place)


def test_a_first_release_is_told_of_the_place_that_it_goes_to(tmp_path: Path) -> None:
    (tmp_path / "bucket").mkdir()
    place = str(tmp_path / "bucket")
    assert list(check(tmp_path, {"shop-v1": shop("/a")}, place)) == [place]


def test_what_is_written_down_may_break(tmp_path: Path) -> None:
    folder = published(tmp_path / "contracts", shop_v1=shop("/a", "/b", version="1.0.0"))
    (folder / "breaking.yaml").write_text(
        "shop-v1:\n  - {kind: operation-removed, operation: GET /b, reason: nobody called it}\n"
    )
    [judgement] = check(tmp_path, {"shop-v1": shop("/a")}, None).values()
    assert judgement.holds
    assert judgement.versions == {"shop-v1": "2.0.0"}


def test_many_changes_are_cut_short() -> None:
    before = shop(*(f"/{letter}" for letter in "abcdefgh"), version="1.0.0")
    lines = list(undeclared_lines(judge({"shop-v1": before}, {"shop-v1": shop()}, {})))
    assert len(lines) == 6
    assert lines[-1] == "shop-v1: and 3 more, above"


@pytest.mark.parametrize(
    ("before", "now", "told"),
    [
        ({}, {"shop-v1": shop("/a")}, "shop-v1 1.0.0 is new"),
        ({"shop-v1": shop("/a")}, {}, "shop-v1 is gone"),
        ({"shop-v1": shop("/a")}, {"shop-v1": shop("/a")}, "shop-v1 1.0.0 is unchanged"),
        (
            {"shop-v1": shop("/a", version="1.2.0")},
            {"shop-v1": shop("/a", "/b", "/c")},
            "shop-v1 1.2.0 becomes 1.3.0, 2 changes",
        ),
    ],
)
def test_the_approver_reads_one_line(before: Documents, now: Documents, told: str) -> None:
    assert summary(judge(before, now, {})) == told


def test_the_report_is_for_people_programs_and_the_approver(tmp_path: Path) -> None:
    judgement = judge({"shop-v1": shop("/a")}, {"shop-v1": shop("/a", "/b")}, {})
    write_report(tmp_path / "contract", {"contracts": judgement})
    assert "GET /b is new" in (tmp_path / "contract" / "report.txt").read_text()
    assert json.loads((tmp_path / "contract" / "changes.json").read_text())["holds"] is True
    assert (tmp_path / "contract" / "summary.txt").read_text().count("\n") == 1


def test_recording_stamps_the_next_version_and_drops_what_is_gone(tmp_path: Path) -> None:
    folder = published(tmp_path / "contracts", shop_v1=shop("/a", version="1.0.0"), old_v1=shop())
    current = {"shop-v1": shop("/a", "/b")}
    before = {"shop-v1": shop("/a", version="1.0.0"), "old-v1": shop()}
    record(tmp_path, current, judge(before, current, {}))
    assert [file.name for file in folder.glob("*")] == ["shop-v1.json"]
    assert json.loads((folder / "shop-v1.json").read_text())["info"]["version"] == "1.1.0"
    [again] = check(tmp_path, current, None).values()
    assert summary(again) == "shop-v1 1.1.0 is unchanged"
