"""Reading what an earlier release published."""

import json
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


@pytest.mark.parametrize("text", ["{", "[]", "null", '{"paths": {}}', '{"info": {}, "paths": {}}'])
def test_a_file_that_is_no_document_is_named(tmp_path: Path, text: str) -> None:
    (tmp_path / "shop-v1.json").write_text(text)
    with pytest.raises(PublishedError, match=r"shop-v1\.json.*Restore it"):
        read_published(str(tmp_path))


def test_a_bucket_that_may_not_be_read_is_named() -> None:
    s3 = boto3.client("s3", "us-east-1", aws_access_key_id="x", aws_secret_access_key="x")
    with Stubber(s3) as stub:
        stub.add_client_error("list_objects_v2", "AccessDenied")
        with pytest.raises(PublishedError, match=r"s3://shop/latest.*AccessDenied"):
            read_published("s3://shop/latest", s3)
