"""What is at an index already, what is published to it, and with which command."""

import base64
import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from gatewright.publish.commands import Ended
from gatewright.publish.errors import PublishError
from gatewright.publish.indexes import maven
from gatewright.publish.indexes.index import Address, Credentials, Index, Package
from gatewright.publish.indexes.maven import Maven
from gatewright.publish.indexes.npm import Npm
from gatewright.publish.indexes.pypi import Pypi
from tests.unit.publish.fake_aws import basic
from tests.unit.publish.indexes.answering import AnsweringIndex
from tests.unit.publish.indexes.conftest import FakeProgram
from tests.unit.publish.indexes.packages import maven_package, npm_package, python_package

KNOWN = Credentials(username="publisher", password="not-to-be-seen")
BASE64 = base64.b64encode(b"publisher:not-to-be-seen").decode()
TOP = "/clients"
MAVEN_FOLDER = f"{TOP}/shop/clients/shop-v1"


def of(kind: str, index: AnsweringIndex, known: Credentials | None = KNOWN) -> Index:
    makers: dict[str, Callable[[Address], Index]] = {"pypi": Pypi, "npm": Npm, "maven": Maven}
    return makers[kind](Address(kind=kind, url=index.url, credentials=known))


def package_of(kind: str, folder: Path) -> Package:
    makers = {"pypi": python_package, "npm": npm_package, "maven": maven_package}
    return makers[kind](folder)


def fill(kind: str, index: AnsweringIndex, package: Package, other: bytes = b"") -> None:
    """Put what is published into the index, with ``other`` behind each content."""
    contents = {file.name: file.read_bytes() + other for file in package.files}
    if kind == "maven":
        version = f"{MAVEN_FOLDER}/1.0.0"
        index.contents.update({f"{version}/{name}": text for name, text in contents.items()})
    elif kind == "npm":
        [content] = contents.values()
        digest = base64.b64encode(hashlib.sha512(content).digest()).decode()
        found: dict[str, Any] = {"1.0.0": {"dist": {"integrity": f"sha512-{digest}"}}}
        index.contents[f"{TOP}/@shop%2Fshop-v1"] = json.dumps({"versions": found}).encode()
    else:
        index.contents.update({f"{TOP}/files/{name}": text for name, text in contents.items()})
        links = "".join(f'<a href="../../files/{name}#sha256=0">{name}</a>' for name in contents)
        index.contents[f"{TOP}/simple/shop-shop-v1/"] = links.encode()


KINDS = pytest.mark.parametrize("kind", ["pypi", "npm", "maven"])


@KINDS
def test_what_is_not_there_is_published(
    kind: str, index: AnsweringIndex, program: FakeProgram, tmp_path: Path
) -> None:
    said = of(kind, index).publish(package_of(kind, tmp_path))
    assert said.startswith("published with")
    assert len(program.commands) == 1


@KINDS
def test_what_is_there_with_the_same_content_is_passed_over(
    kind: str, index: AnsweringIndex, program: FakeProgram, tmp_path: Path
) -> None:
    package = package_of(kind, tmp_path)
    fill(kind, index, package)
    assert of(kind, index).publish(package) == "there already"
    assert program.commands == []


@KINDS
def test_what_is_there_with_another_content_is_refused(
    kind: str, index: AnsweringIndex, program: FakeProgram, tmp_path: Path
) -> None:
    package = package_of(kind, tmp_path)
    fill(kind, index, package, b"!")
    with pytest.raises(PublishError, match=r"another content.*never replaced.*delete this version"):
        of(kind, index).publish(package)
    assert program.commands == []


def test_files_that_are_lacking_alone_are_uploaded(
    index: AnsweringIndex, program: FakeProgram, tmp_path: Path
) -> None:
    package = python_package(tmp_path)
    fill("pypi", index, package)
    page = index.contents[f"{TOP}/simple/shop-shop-v1/"].decode()
    index.contents[f"{TOP}/simple/shop-shop-v1/"] = page.partition("</a>")[0].encode()
    of("pypi", index).publish(package)
    [command] = program.commands
    assert [word for word in command if word.startswith(str(tmp_path))] == [str(package.files[1])]


def test_a_listing_may_be_json(index: AnsweringIndex, program: FakeProgram, tmp_path: Path) -> None:
    package = python_package(tmp_path)
    fill("pypi", index, package)
    files = [{"url": f"../../files/{file.name}", "filename": file.name} for file in package.files]
    index.contents[f"{TOP}/simple/shop-shop-v1/"] = json.dumps({"files": files}).encode()
    assert of("pypi", index).publish(package) == "there already"
    assert program.commands == []


@KINDS
def test_the_password_is_in_no_command(
    kind: str, index: AnsweringIndex, program: FakeProgram, tmp_path: Path
) -> None:
    of(kind, index).publish(package_of(kind, tmp_path))
    told = json.dumps(program.commands)
    assert KNOWN.password not in told
    assert BASE64 not in told
    assert {known for _, _, known in index.asked} == {basic("publisher", KNOWN.password)}


def test_each_program_is_told_of_the_credentials_in_its_own_way(
    index: AnsweringIndex, program: FakeProgram, tmp_path: Path
) -> None:
    of("pypi", index).publish(python_package(tmp_path))
    assert program.variables == {
        "TWINE_USERNAME": "publisher",
        "TWINE_PASSWORD": "not-to-be-seen",
    }
    of("npm", index).publish(npm_package(tmp_path))
    host = index.url.removeprefix("http:")
    assert program.files["npmrc"] == f"registry={index.url}/\n{host}/:_auth={BASE64}\n"
    of("npm", index, Credentials(token="a-token")).publish(npm_package(tmp_path))
    assert f"{host}/:_authToken=a-token\n" in program.files["npmrc"]
    assert index.asked[-1][2] == "Bearer a-token"
    of("maven", index).publish(maven_package(tmp_path))
    assert "<password>not-to-be-seen</password>" in program.files["settings.xml"]


@KINDS
def test_what_a_program_says_is_told_without_secrets(
    kind: str, index: AnsweringIndex, program: FakeProgram, tmp_path: Path
) -> None:
    said = f"error: tried publisher:{KNOWN.password} and {BASE64}"
    program.ended = Ended(succeeded=False, output=said)
    with pytest.raises(PublishError) as raised:
        of(kind, index).publish(package_of(kind, tmp_path))
    assert KNOWN.password not in str(raised.value)
    assert "error: tried publisher:***" in str(raised.value)
    if kind == "npm":
        assert BASE64 not in str(raised.value)


@KINDS
@pytest.mark.parametrize("status", [401, 403, 500])
def test_an_index_that_refuses_is_named_with_the_remedy(
    kind: str, status: int, index: AnsweringIndex, tmp_path: Path
) -> None:
    index.status = status
    remedy = "see its own log" if status == 500 else "--index-secret"
    with pytest.raises(PublishError, match=f"{kind}: {index.url} answered {status} .*{remedy}"):
        of(kind, index).publish(package_of(kind, tmp_path))


@KINDS
def test_an_index_that_is_not_there_is_named(kind: str, tmp_path: Path) -> None:
    index = AnsweringIndex(url="http://127.0.0.1:9/clients")
    with pytest.raises(PublishError, match=f"{kind}: {index.url} cannot be reached"):
        of(kind, index).publish(package_of(kind, tmp_path))


@pytest.mark.parametrize("no_maven", ["no program", "no plugin"])
def test_without_maven_its_files_are_put(
    no_maven: str,
    index: AnsweringIndex,
    program: FakeProgram,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    if no_maven == "no program":
        monkeypatch.setattr(maven, "maven_program", lambda: None)
    said = "Plugin org:maven-deploy-plugin:3 or one of its dependencies could not be resolved"
    program.ended = Ended(succeeded=False, output=said)
    package = maven_package(tmp_path)
    earlier = "<metadata><versioning><versions><version>0.9.0</version></versions></versioning>"
    index.contents[f"{MAVEN_FOLDER}/maven-metadata.xml"] = f"{earlier}</metadata>".encode()
    assert "since" in of("maven", index).publish(package)
    jar = index.contents[f"{MAVEN_FOLDER}/1.0.0/shop-v1-1.0.0.jar"]
    assert jar == b"classes"
    sha1 = index.contents[f"{MAVEN_FOLDER}/1.0.0/shop-v1-1.0.0.jar.sha1"].decode()
    assert sha1 == hashlib.sha1(jar, usedforsecurity=False).hexdigest()
    metadata = index.contents[f"{MAVEN_FOLDER}/maven-metadata.xml"].decode()
    assert "<version>0.9.0</version><version>1.0.0</version>" in metadata
    assert "<release>1.0.0</release>" in metadata
    assert of("maven", index).publish(package) == "there already"


def test_a_folder_is_a_repository_of_maven_too(
    program: FakeProgram, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(maven, "maven_program", lambda: None)
    folder = tmp_path / "repository of maven"
    repository = Maven(Address(kind="maven", url=folder.as_uri(), credentials=None))
    package = maven_package(tmp_path)
    repository.publish(package)
    assert (folder / "shop/clients/shop-v1/1.0.0/shop-v1-1.0.0.pom").exists()
    assert repository.publish(package) == "there already"
    assert program.commands == []
