"""Archives and gems, whose bytes depend on names and contents alone."""

import gzip
import io
import os
import tarfile
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from zipfile import ZipFile

import pytest
import yaml

from gatewright.sdk.checksums import write_checksums
from gatewright.sdk.client_names import ClientNames
from gatewright.sdk.errors import SdkError
from gatewright.sdk.names import names_of
from gatewright.sdk.packages.archives import gzipped, members_below, tar, write_zip
from gatewright.sdk.packages.gem import build_gem, specification
from gatewright.sdk.packages.manifest import check_json, check_xml
from gatewright.sdk.packages.maven import java_compiler
from gatewright.sdk.packages.sources import Sources
from gatewright.sdk.packages.tool import run_tool
from gatewright.sdk.told import literal
from tests.unit.sdk.documents import document

GEMSPEC = """Gem::Specification.new do |s|
  s.name = "gatewright_foods_v2"
  s.version = "2.0.0"
  s.summary = "Client of the API Foods, 2.0.0"
  s.authors = ["gatewright"]
  s.required_ruby_version = ">= 2.7"
  s.add_runtime_dependency "typhoeus", "~> 1.0", ">= 1.0.1"
end
"""


def tree(folder: Path, time: int) -> Path:
    for name in ("b.txt", "a/c.txt", "a.txt"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(name)
        os.utime(folder / name, (time, time))
    return folder


def test_the_same_files_give_the_same_bytes_at_another_time_and_place(tmp_path: Path) -> None:
    made = []
    for number in (1, 2):
        members = members_below(tree(tmp_path / str(number), 10**9 * number), "x/")
        write_zip(tmp_path / f"{number}.zip", members)
        made.append(((tmp_path / f"{number}.zip").read_bytes(), gzipped(tar(members))))
    assert made[0] == made[1]
    assert ZipFile(tmp_path / "1.zip").namelist() == ["x/a.txt", "x/a/c.txt", "x/b.txt"]


def test_a_tar_has_no_user_and_no_time(tmp_path: Path) -> None:
    content = tar(members_below(tree(tmp_path, 10**9)))
    with tarfile.open(fileobj=io.BytesIO(content)) as archive:
        for member in archive:
            assert (member.uid, member.uname, member.mtime, member.mode) == (0, "", 0, 0o644)


def test_a_gem_has_its_specification_files_and_checksums(tmp_path: Path) -> None:
    folder = tree(tmp_path / "ruby", 0)
    (folder / "lib").mkdir()
    (folder / "lib" / "foods.rb").write_text("module Foods; end\n")
    (folder / "gatewright_foods_v2.gemspec").write_text(GEMSPEC)
    names = names_of(document(), "gatewright", "")
    build_gem(
        Sources(document=document(), names=names, client=ClientNames("ruby"), folder=folder),
        tmp_path,
    )
    with tarfile.open(tmp_path / "gatewright_foods_v2-2.0.0.gem") as gem:
        held = [(name, gem.extractfile(name)) for name in gem.getnames()]
        parts = {name: file.read() for name, file in held if file}
    assert list(parts) == ["metadata.gz", "data.tar.gz", "checksums.yaml.gz"]
    with tarfile.open(fileobj=io.BytesIO(gzip.decompress(parts["data.tar.gz"]))) as data:
        assert data.getnames() == ["lib/foods.rb"]
    told = yaml.safe_load(gzip.decompress(parts["checksums.yaml.gz"]))
    assert told["SHA256"]["data.tar.gz"] == sha256(parts["data.tar.gz"]).hexdigest()


def test_the_specification_of_a_gem_is_that_of_its_gemspec() -> None:
    found = yaml.load(specification(GEMSPEC, ["lib/a.rb"]), Loader=_Ruby)  # noqa: S506
    assert found["name"] == "gatewright_foods_v2"
    assert found["version"] == {"version": "2.0.0"}
    assert found["files"] == ["lib/a.rb"]
    [dependency] = found["dependencies"]
    assert dependency["name"] == "typhoeus"
    assert dependency["requirement"]["requirements"] == [
        ["~>", {"version": "1.0"}],
        [">=", {"version": "1.0.1"}],
    ]


def test_a_summary_may_have_quotes_and_any_letters() -> None:
    given = GEMSPEC.replace(
        '"Client of the API Foods, 2.0.0"', literal('Kid\'s "é" \\ #{1} \U0001f354')
    )
    found = yaml.load(specification(given, []), Loader=_Ruby)  # noqa: S506
    assert found["summary"] == 'Kid\'s "é" \\ #{1} \U0001f354'


@pytest.mark.parametrize(
    ("check", "name", "text"),
    [(check_json, "package.json", '{"a": "\\\'"}'), (check_xml, "pom.xml", "<a>&b;</a>")],
)
def test_a_manifest_that_no_registry_would_read(
    check: Callable[[Sources, str], None], name: str, text: str, tmp_path: Path
) -> None:
    (tmp_path / name).write_text(text)
    names = names_of(document(), "gatewright", "")
    sources = Sources(document=document(), names=names, client=ClientNames("java"), folder=tmp_path)
    with pytest.raises(SdkError, match=rf"foods-v2, java: {name} is no .*\n  remedy: a text of"):
        check(sources, name)


class _Ruby(yaml.SafeLoader):
    """Reads Ruby's objects as mappings."""


_Ruby.add_multi_constructor(
    "!ruby/object:", lambda loader, _, node: loader.construct_mapping(node, deep=True)
)


def test_checksums_are_as_sha256sum_writes_them(tmp_path: Path) -> None:
    (tmp_path / "b.zip").write_bytes(b"b")
    (tmp_path / "a.zip").write_bytes(b"a")
    for _ in range(2):  # the second time there is a file of checksums already
        write_checksums(tmp_path)
    assert (tmp_path / "SHA256SUMS").read_text() == (
        f"{sha256(b'a').hexdigest()}  a.zip\n{sha256(b'b').hexdigest()}  b.zip\n"
    )


def test_a_tool_that_fails_or_is_missing(tmp_path: Path) -> None:
    with pytest.raises(SdkError, match=r"foods-v2, java: sh failed:\n    no such class"):
        run_tool("foods-v2, java", ["/bin/sh", "-c", "echo no such class; exit 1"], tmp_path)
    with pytest.raises(SdkError, match=r"foods-v2, java: .*nowhere.*\n  remedy: install"):
        run_tool("foods-v2, java", [str(tmp_path / "nowhere")], tmp_path)


def test_the_compiler_of_java_home_goes_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for folder in ("home/bin", "path"):
        (tmp_path / folder).mkdir(parents=True)
        (tmp_path / folder / "javac").write_text("#!/bin/sh\n")
        (tmp_path / folder / "javac").chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path / "path"))
    monkeypatch.setenv("JAVA_HOME", str(tmp_path / "home"))
    assert java_compiler() == tmp_path / "home" / "bin" / "javac"
    monkeypatch.delenv("JAVA_HOME")
    assert java_compiler() == tmp_path / "path" / "javac"
    monkeypatch.setenv("PATH", str(tmp_path))
    assert java_compiler() is None
