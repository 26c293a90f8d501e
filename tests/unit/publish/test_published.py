"""Reading what an earlier release published."""

import json
import re
from pathlib import Path

import boto3
import pytest
from botocore.stub import Stubber

from gatewright.publish.published import PublishedError, read_published

DOCUMENT = {"openapi": "3.0.3", "info": {"title": "Shop", "version": "1.2.0"}, "paths": {}}


def test_documents_of_a_folder_have_the_names_of_their_apis(tmp_path: Path) -> None:
    (tmp_path / "shop-v1.json").write_text(json.dumps(DOCUMENT))
    (tmp_path / "breaking.yaml").write_text("{}")
    assert read_published(str(tmp_path)) == {"shop-v1": DOCUMENT}


def test_before_the_first_release_there_is_nothing(tmp_path: Path) -> None:
    assert read_published(str(tmp_path / "none")) == {}


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"{", "not JSON"),
        (b"\xff{}", "not JSON in UTF-8"),
        (b"[]", "no `info`"),
        (b'{"paths": {}}', "no `info`"),
        (b'{"info": {}, "paths": []}', "no `paths`"),
        (b'{"info": {}, "paths": {}}', "None"),
        (b'{"info": {"version": "v1.2.3"}, "paths": {}}', "'v1.2.3'"),
        (b'{"info": {"version": "1"}, "paths": {}}', "'1'"),
        (b'{"info": {"version": "banana"}, "paths": {}}', "'banana', and should be like 1.2.3"),
    ],
)
def test_a_file_that_is_no_document_is_named(tmp_path: Path, content: bytes, why: str) -> None:
    (tmp_path / "shop-v1.json").write_bytes(content)
    with pytest.raises(PublishedError, match=rf"shop-v1\.json.*{re.escape(why)}.*Restore it"):
        read_published(str(tmp_path))


@pytest.mark.parametrize("name", ["foods v1.json", "foods.json", "foods-v0.json"])
def test_a_file_of_another_name_is_no_contract(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text(json.dumps(DOCUMENT))
    with pytest.raises(PublishedError, match=r"not called <service>-v<n>\.json"):
        read_published(str(tmp_path))


def test_a_folder_of_that_name_is_told(tmp_path: Path) -> None:
    (tmp_path / "shop-v1.json").mkdir()
    with pytest.raises(PublishedError, match=r"shop-v1\.json: cannot be read"):
        read_published(str(tmp_path))


def test_what_a_release_without_sdks_published_is_read(tmp_path: Path) -> None:
    (tmp_path / "shop-v1.json").write_text(json.dumps({"info": {"version": "v1"}, "paths": {}}))
    assert set(read_published(str(tmp_path))) == {"shop-v1"}


def test_a_bucket_that_may_not_be_read_is_named() -> None:
    s3 = boto3.client("s3", "us-east-1", aws_access_key_id="x", aws_secret_access_key="x")
    with Stubber(s3) as stub:
        stub.add_client_error("list_objects_v2", "AccessDenied")
        with pytest.raises(PublishedError, match=r"s3://shop/latest.*AccessDenied"):
            read_published("s3://shop/latest", s3)
