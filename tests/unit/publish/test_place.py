"""A bucket and a folder keep the same contents under the same names."""

from collections.abc import Callable
from pathlib import Path

import pytest

from gatewright.publish.aws import aws_client
from gatewright.publish.errors import PublishError
from gatewright.publish.place import Place, place_at
from tests.unit.publish.fake_aws import FakeAws

NAME = "sdks/shop-v1/latest.json"


@pytest.fixture(params=["folder", "bucket", "prefix"])
def place(request: pytest.FixtureRequest, tmp_path: Path, aws: FakeAws) -> Place:
    del aws
    where = {"folder": str(tmp_path / "place"), "bucket": "s3://shop", "prefix": "s3://shop/below"}
    return place_at(where[request.param])


def test_what_is_written_is_read_until_it_is_removed(place: Place) -> None:
    assert place.read(NAME) is None
    place.write(NAME, b"{}")
    place.write(NAME, b"[]")
    assert place.read(NAME) == b"[]"
    place.delete(NAME)
    place.delete(NAME)
    assert place.read(NAME) is None


def test_a_prefix_is_above_every_name(aws: FakeAws) -> None:
    place_at("s3://shop/below/").write(NAME, b"{}")
    assert list(aws.objects) == [f"below/{NAME}"]


def test_a_document_says_what_it_is(aws: FakeAws) -> None:
    place_at("s3://shop").write("CHANGELOG.md", b"")
    assert aws.parameters[-1]["ContentType"] == "text/markdown; charset=utf-8"


@pytest.mark.parametrize("action", ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"])
def test_what_may_not_be_done_is_named_with_the_object(aws: FakeAws, action: str) -> None:
    aws.denied.add(action)
    place = place_at("s3://shop")
    calls: dict[str, Callable[[], object]] = {
        "s3:GetObject": lambda: place.read(NAME),
        "s3:PutObject": lambda: place.write(NAME, b""),
        "s3:DeleteObject": lambda: place.delete(NAME),
    }
    with pytest.raises(PublishError, match=rf"s3://shop/{NAME}: .*may {action}"):
        calls[action]()


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "sdks").write_text("a file in the way")
    with pytest.raises(PublishError, match=r"latest\.json: "):
        place_at(str(tmp_path)).write(NAME, b"{}")


def test_without_a_region_the_remedy_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("AWS_REGION", "AWS_DEFAULT_REGION", "AWS_PROFILE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_CONFIG_FILE", "/nowhere")
    with pytest.raises(PublishError, match="Set AWS_REGION"):
        aws_client("kms")
