"""An artifact is unpacked into its folder, or not at all."""

import io
import stat
from pathlib import Path
from zipfile import ZipFile, ZipInfo

import pytest

from gatewright.checks import artifact
from gatewright.checks.artifact import fetch, read_documents, unpack
from gatewright.checks.errors import CheckError
from gatewright.checks.job import read_job
from tests.unit.checks.fakes import FakeS3, job_event, zipped

DOCUMENT = '{"openapi": "3.0.3", "paths": {}}'


def test_documents_are_fetched(tmp_path: Path) -> None:
    s3 = FakeS3()
    s3.objects["artifacts", "p/docs/1"] = zipped({"openapi/foods-v1.json": DOCUMENT})
    found = fetch(read_job(job_event({})), lambda _service: s3, tmp_path)
    assert list(found.apis) == ["foods-v1"]


@pytest.mark.parametrize("name", ["../out.json", "a/../../out.json", "/etc/out", "a\\..\\out"])
def test_a_file_that_would_land_elsewhere_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(CheckError, match="forbidden name"):
        unpack(zipped({"openapi/a.json": DOCUMENT, name: "x"}), tmp_path / "inside")
    assert list(tmp_path.rglob("*")) == []


def test_a_link_is_refused(tmp_path: Path) -> None:
    target = io.BytesIO()
    with ZipFile(target, "w") as archive:
        link = ZipInfo("openapi/a.json")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
    with pytest.raises(CheckError, match="forbidden name"):
        unpack(target.getvalue(), tmp_path)


def test_too_much_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(artifact, "MOST_BYTES", 100)
    with pytest.raises(CheckError, match="larger than 100 bytes"):
        unpack(zipped({"a": "x" * 101}), tmp_path)


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ({"other": "x"}, r"no OpenAPI document, openapi/<api>\.json"),
        ({"openapi/a.json": "{"}, r"openapi/a\.json is not JSON"),
        ({"openapi/a.json": "{}"}, "it has no paths"),
    ],
)
def test_what_is_no_document(tmp_path: Path, files: dict[str, str], message: str) -> None:
    unpack(zipped(files), tmp_path)
    with pytest.raises(CheckError, match=message):
        read_documents(tmp_path)


def test_what_is_no_zip(tmp_path: Path) -> None:
    with pytest.raises(CheckError, match="no zip"):
        unpack(b"PK?", tmp_path)
