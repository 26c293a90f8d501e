"""Artifacts: what zips keep, and in which region's bucket they are put."""

import stat
import zipfile
from pathlib import Path

import pytest

from local.rehearsal.artifacts import Artifact, ArtifactStore
from local.rehearsal.definition import read_definition
from local.rehearsal.zips import pack, read_member, unpack
from tests.unit.local.rehearsal.pipelines import ROLE, Bucket, zipped

STAGE = {
    "name": "prod",
    "onFailure": {"result": "RETRY", "retryConfiguration": {"retryMode": "ALL_ACTIONS"}},
    "beforeEntry": {"conditions": [{"result": "FAIL"}]},
    "actions": [
        {"name": "x", "actionTypeId": {"category": "Invoke", "provider": "Lambda", "owner": "AWS"}}
    ],
}
PIPELINE = {
    "name": "a-pipeline-with-a-long-name",
    "version": 3,
    "roleArn": ROLE,
    "artifactStores": {
        "us-east-1": {"type": "S3", "location": "near"},
        "eu-west-1": {
            "type": "S3",
            "location": "far",
            "encryptionKey": {"id": "alias/far", "type": "KMS"},
        },
    },
    "variables": [{"name": "Colour", "defaultValue": "green"}, {"name": "Size"}],
    "stages": [STAGE],
}


def test_what_a_pipeline_says_of_failures_keys_and_variables() -> None:
    found = read_definition(PIPELINE, "us-east-1")
    [stage] = found.stages
    assert (stage.on_failure, stage.retry_mode) == ("RETRY", "ALL_ACTIONS")
    assert stage.conditions == ("beforeEntry",)
    assert found.encryption_keys == {"eu-west-1": "alias/far"}
    assert found.variables == {"Colour": "green"}


def test_an_artifact_is_put_where_it_is_taken(tmp_path: Path) -> None:
    bucket = Bucket()
    asked: list[tuple[str, str]] = []

    def client(account: str, region: str) -> Bucket:
        asked.append((account, region))
        return bucket

    store = ArtifactStore(read_definition(PIPELINE, "us-east-1"), "us-east-1", client)
    key = store.new_key("an-artifact-with-a-long-name")
    assert key.startswith("a-pipeline-with-a-lo/an-artifac/")
    assert store.new_key("x") != store.new_key("x")
    artifact = Artifact(file=zipped(tmp_path / "a.zip", "text"), key=key)
    for region in ("us-east-1", "eu-west-1", "eu-west-1", "ap-south-1"):
        store.ensure(artifact, region)
    assert set(bucket.objects) == {("near", key), ("far", key)}
    assert asked == [("000000000000", "us-east-1"), ("000000000000", "eu-west-1")]
    assert store.location(key, "ap-south-1").bucket == "near"


def test_zips_keep_modes_and_links(tmp_path: Path) -> None:
    script = tmp_path / "run.sh"
    script.write_text("#!/bin/sh\n")
    script.chmod(0o755)
    packed = pack({"bin/run.sh": script}, tmp_path / "a.zip")
    with zipfile.ZipFile(packed, "a") as archive:
        link = zipfile.ZipInfo("bin/again")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "run.sh")
    folder = unpack(packed, tmp_path / "out")
    assert (folder / "bin/run.sh").stat().st_mode & 0o777 == 0o755
    assert (folder / "bin/again").readlink() == Path("run.sh")
    assert read_member(packed, "bin/run.sh") == b"#!/bin/sh\n"
    assert read_member(packed, "none") is None


def test_a_name_that_leads_out_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("../outside", "x")
    with pytest.raises(ValueError, match=r"leads out of it: \.\./outside"):
        unpack(tmp_path / "a.zip", tmp_path / "out")
    assert not (tmp_path / "outside").exists()
