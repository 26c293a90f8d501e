"""The command as a whole, with the contracts alone."""

import json
from pathlib import Path

import pytest

from gatewright.publish.__main__ import main
from tests.unit.publish.fake_aws import FakeAws
from tests.unit.publish.release_parts import document


def arguments(folder: Path, to: str) -> list[str]:
    return [
        *("--documents", str(folder), "--project", "shop", "--to", to),
        *("--execution", "one", "--language"),
    ]


def test_a_folder_has_the_contracts(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "shop-v1.json").write_text(json.dumps(document("list_goods")))
    place = tmp_path / "place"
    main(arguments(tmp_path, str(place)))
    found = json.loads((place / "openapi" / "latest" / "shop-v1.json").read_text())
    assert found["info"]["version"] == "1.0.0"
    assert capsys.readouterr().out.splitlines() == [
        "shop-v1 1.0.0: the first release",
        "shop-v1 1.0.0: openapi/latest/shop-v1.json",
    ]


@pytest.mark.parametrize("text", [None, "{", "[]", '{"paths": {}}'])
def test_a_document_that_cannot_be_read_ends_it(tmp_path: Path, text: str | None) -> None:
    if text is not None:
        (tmp_path / "shop-v1.json").write_text(text)
    with pytest.raises(SystemExit, match="make documents"):
        main(arguments(tmp_path, str(tmp_path / "place")))
    assert not (tmp_path / "place").exists()


def test_a_bucket_that_may_not_be_read_ends_it(aws: FakeAws, tmp_path: Path) -> None:
    (tmp_path / "shop-v1.json").write_text(json.dumps(document("list_goods")))
    aws.denied.add("s3:ListBucket")
    with pytest.raises(SystemExit, match=r"s3://shop/openapi/latest: .*not authorized"):
        main(arguments(tmp_path, "s3://shop"))
