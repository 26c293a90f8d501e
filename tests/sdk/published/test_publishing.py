"""Releases are published to real indexes, to S3, and signed by KMS."""

import copy
import json
import shutil
import subprocess
from pathlib import Path

import httpx
import pytest

from gatewright.contract.document import JsonObject
from tests.sdk.published.publication import LANGUAGES, Publication


@pytest.fixture
def next_documents(publication: Publication) -> dict[str, JsonObject]:
    """What is published, to be changed."""
    return {api: copy.deepcopy(publication.latest(api)) for api in ("foods-v1", "foods-v2")}


def test_every_index_has_the_first_versions(publication: Publication) -> None:
    indexes = publication.indexes
    listing = httpx.get(f"{indexes.pypi}/simple/gatewright-foods-v2/").text
    assert "gatewright_foods_v2-2.0.0-py3-none-any.whl" in listing
    assert "gatewright_foods_v2-2.0.0.tar.gz" in listing
    for name in ("foods-v1", "foods-v1-javascript"):
        found = httpx.get(f"{indexes.npm}/@gatewright/{name}").json()
        assert "1.0.0" in found["versions"]
    version = indexes.maven / "gatewright" / "foods-v2" / "2.0.0"
    assert {file.name for file in version.iterdir()} >= {
        "foods-v2-2.0.0.jar",
        "foods-v2-2.0.0-sources.jar",
        "foods-v2-2.0.0.pom",
    }
    assert "2.0.0" in (version.parent / "maven-metadata.xml").read_text()


def test_the_bucket_has_every_language_and_the_contract(publication: Publication) -> None:
    latest = json.loads(publication.read("sdks/foods-v2/2.0.0/contract.json"))
    assert latest["info"]["version"] == "2.0.0"
    names = publication.names()
    for language in LANGUAGES:
        assert f"sdks/foods-v1/1.0.0/{language}/README.md" in names
    assert b"What differs from v1" in publication.read("sdks/foods-v2/2.0.0/CHANGELOG.md")
    assert {"openapi/first/foods-v1.json", "openapi/latest/foods-v2.json"} <= names.keys()


def test_checksums_and_signature_are_checked_with_ordinary_programs(
    publication: Publication, tmp_path: Path
) -> None:
    top = "sdks/foods-v1/1.0.0/"
    for name in publication.names():
        if name.startswith(top):
            file = tmp_path / name.removeprefix(top)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(publication.read(name))
    assert _signed(tmp_path)
    checked = subprocess.run(["sha256sum", "--check", "--strict", "SHA256SUMS"], cwd=tmp_path)  # noqa: S607
    assert checked.returncode == 0
    sums = (tmp_path / "SHA256SUMS").read_text()
    (tmp_path / "SHA256SUMS").write_text(sums.replace("a", "b", 1))
    assert not _signed(tmp_path)
    assert (tmp_path / "signing-key.pem").read_bytes() == publication.read("signing-key.pem")


def _signed(folder: Path) -> bool:
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("there is no openssl on this machine")
    ended = subprocess.run(
        [
            *(openssl, "dgst", "-sha256", "-verify", "signing-key.pem"),
            *("-signature", "SHA256SUMS.sig", "SHA256SUMS"),
        ],
        cwd=folder,
        capture_output=True,
        check=False,
    )
    return ended.returncode == 0


def test_again_nothing_is_made(publication: Publication) -> None:
    documents = {api: publication.latest(api) for api in ("foods-v1", "foods-v2")}
    before = {name: tag for name, tag in publication.names().items() if name.startswith("sdks/")}
    ended = publication.publish(documents, "again")
    assert ended.returncode == 0, ended.stderr
    assert ended.stdout.count(": unchanged\n") == 2
    assert {
        name: tag for name, tag in publication.names().items() if name.startswith("sdks/")
    } == before
    assert "openapi/again/foods-v1.json" in publication.names()


def test_a_compatible_change_is_a_minor_version_of_that_api_alone(
    publication: Publication, next_documents: dict[str, JsonObject]
) -> None:
    before = publication.latest("foods-v1")["info"]["version"]
    other = publication.latest("foods-v2")["info"]["version"]
    operation = copy.deepcopy(next_documents["foods-v1"]["paths"]["/list_foods"]["get"])
    path = f"/more_foods_{before.replace('.', '_')}"
    next_documents["foods-v1"]["paths"][path] = {"get": {**operation, "operationId": path[1:]}}
    ended = publication.publish(next_documents, "minor")
    assert ended.returncode == 0, ended.stderr
    major, minor, _ = before.split(".")
    version = f"{major}.{int(minor) + 1}.0"
    assert publication.latest("foods-v1")["info"]["version"] == version
    assert f"foods-v2 {other}: unchanged\n" in ended.stdout
    text = publication.read("sdks/foods-v1/CHANGELOG.md").decode()
    assert text.index(f"## {version}") < text.index(f"## {before}")
    versions = httpx.get(f"{publication.indexes.npm}/@gatewright/foods-v1").json()["versions"]
    assert {version, before} <= versions.keys()


def test_a_change_of_words_is_a_patch(
    publication: Publication, next_documents: dict[str, JsonObject]
) -> None:
    before = publication.latest("foods-v2")["info"]["version"]
    next_documents["foods-v2"]["paths"]["/foods"]["get"]["summary"] += ", with words"
    ended = publication.publish(next_documents, "words")
    assert ended.returncode == 0, ended.stderr
    major, minor, patch = before.split(".")
    assert publication.latest("foods-v2")["info"]["version"] == f"{major}.{minor}.{int(patch) + 1}"


def test_a_version_with_another_content_is_refused_and_the_password_is_told_nobody(
    publication: Publication, contracts: dict[str, JsonObject]
) -> None:
    """As if two projects of one name published to one index."""
    ninth = copy.deepcopy(contracts["foods-v1"])
    only_python = ("--language", "python", "--to")
    first = publication.publish({"foods-v9": ninth}, "ninth", *only_python, "s3://published/one")
    assert first.returncode == 0, first.stderr
    ninth["info"]["title"] = "Other foods"
    ended = publication.publish({"foods-v9": ninth}, "other", *only_python, "s3://published/two")
    assert ended.returncode == 1
    assert "gatewright_foods_v9-9.0.0-py3-none-any.whl already, with another" in ended.stderr
    assert publication.indexes.password not in ended.stdout + ended.stderr
    assert "two/openapi/latest/foods-v9.json" not in publication.names()


def test_an_index_that_refuses_is_told_in_a_line_and_the_next_run_completes(
    publication: Publication, contracts: dict[str, JsonObject]
) -> None:
    secrets = publication.aws.client("secretsmanager")
    secrets.create_secret(
        Name="wrong", SecretString='{"username": "publisher", "password": "not-it"}'
    )
    eighth = {"foods-v8": contracts["foods-v1"]}
    elsewhere = ("--language", "python", "typescript", "--to", "s3://published/eighth")
    ended = publication.publish(eighth, "refused", *elsewhere, "--index-secret", "wrong")
    assert ended.returncode == 1
    assert "answered 403 to twine" in ended.stderr
    assert len(ended.stderr.split("\n\n")) <= 2
    assert "not-it" not in ended.stdout + ended.stderr
    assert "eighth/openapi/latest/foods-v8.json" not in publication.names()
    again = publication.publish(eighth, "completed", *elsewhere)
    assert again.returncode == 0, again.stderr
    assert "foods-v8 8.0.0: unchanged; to do: python, typescript" in again.stdout
    assert "eighth/openapi/latest/foods-v8.json" in publication.names()


def test_a_key_that_is_not_there_is_told_in_a_line(
    publication: Publication, contracts: dict[str, JsonObject]
) -> None:
    key = "arn:aws:kms:us-east-1:000000000000:key/00000000-0000-0000-0000-000000000000"
    seventh = {"foods-v7": contracts["foods-v1"]}
    elsewhere = ("--language", "ruby", "--to", "s3://published/seventh", "--signing-key", key)
    ended = publication.publish(seventh, "unsigned", *elsewhere)
    assert ended.returncode == 1
    assert f"the signing key {key}: " in ended.stderr
    assert "Traceback" not in ended.stderr
