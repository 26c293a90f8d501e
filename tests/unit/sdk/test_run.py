"""A whole run, with a program in the generator's place that says what the generator says."""

import json
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from gatewright.sdk import run
from gatewright.sdk.errors import SdkError
from gatewright.sdk.generator import Generation, generate_all
from gatewright.sdk.java import Java, find_java
from gatewright.sdk.run import make_clients, read_changelogs
from gatewright.sdk.settings import Settings, read_settings
from tests.unit.sdk.documents import content, document, write

GENERATOR = """
import json, pathlib, sys
kind, *files = [word for word in sys.argv[1:] if word != "--config" and word[:1] != "-"][1:]
for file in files:
    configuration = json.loads(pathlib.Path(file).read_text())
    folder = pathlib.Path(configuration["outputDir"])
    api = json.loads(pathlib.Path(configuration["inputSpec"]).read_text())
    print(f"[pool-1] Generating {configuration['generatorName']} (outputs to {folder})")
    if api["info"]["title"] == "Broken":
        print("Exception in thread main: the title is not liked\\n\\tat some.Where(Here.java:1)")
        if kind == "generate":
            sys.exit(1)
        continue
    (folder / "Sources").mkdir(parents=True)
    (folder / "Sources" / "Api.swift").write_text(api["info"]["version"])
    (folder / ".openapi-generator").mkdir()
    print(f"[pool-1] Finished generating {configuration['generatorName']}")
"""


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """A run of one language, which needs no tools for its package."""
    program = write(tmp_path, "generator.py", f"#!{sys.executable}\n{GENERATOR}")
    program.chmod(0o755)
    java = Java(program=program, jar=Path("jar"), cache=None)
    monkeypatch.setattr(run, "find_java", lambda: java)
    write(tmp_path / "openapi", "foods-v1.json", content(version="v1"))
    write(tmp_path / "openapi", "foods-v2.json", content(version="2.3.4"))
    words = [str(tmp_path / "openapi"), str(tmp_path / "sdk"), "--project", "gatewright"]
    return read_settings([*words, "--language", "swift"])


def files(folder: Path) -> list[str]:
    found = (path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    return sorted(found)


def test_it_writes_sources_packages_and_checksums_of_each_api(
    settings: Settings, tmp_path: Path
) -> None:
    said: list[str] = []
    make_clients(settings, said.append)
    assert said[0].startswith("swift: foods-v1 1.0.0, foods-v2 2.3.4 (")
    assert said[-1].startswith(f"{tmp_path / 'sdk'}: 4 files to publish (")
    assert [name for name in files(settings.target) if name.startswith("foods-v2")] == [
        "foods-v2/packages/SHA256SUMS",
        "foods-v2/packages/gatewright-foods-v2-swift-2.3.4.zip",
        "foods-v2/swift/CHANGELOG.md",
        "foods-v2/swift/README.md",
        "foods-v2/swift/Sources/Api.swift",
    ]
    assert (settings.target / "foods-v2/swift/Sources/Api.swift").read_text() == "2.3.4"


def test_a_second_run_leaves_nothing_of_the_first(settings: Settings, tmp_path: Path) -> None:
    make_clients(settings, lambda _: None)
    before = files(settings.target)
    (settings.target / "of-an-api-that-is-gone").write_text("")
    make_clients(settings, lambda _: None)
    assert files(settings.target) == before
    assert sorted(path.name for path in tmp_path.glob("*sdk*")) == ["sdk", "sdk-logs"]


def test_a_failure_names_api_language_and_log_and_leaves_what_was_there(
    settings: Settings, tmp_path: Path
) -> None:
    make_clients(settings, lambda _: None)
    before = files(settings.target)
    broken = content(version="2.3.5")
    broken["info"]["title"] = "Broken"
    write(tmp_path / "openapi", "foods-v2.json", broken)
    with pytest.raises(SdkError) as raised:
        make_clients(settings, lambda _: None)
    log = tmp_path / "sdk-logs" / "foods-v2-swift.log"
    assert "foods-v2, swift: the generator failed: Exception in thread main" in str(raised.value)
    assert "some.Where" not in str(raised.value)
    assert f"remedy: mend the document; all that the generator said is in {log}" in str(
        raised.value
    )
    assert "some.Where" in log.read_text()
    assert files(settings.target) == before
    assert sorted(path.name for path in tmp_path.glob("*sdk*")) == ["sdk", "sdk-logs"]


def test_the_generator_is_told_names_and_version(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = []

    def spy(
        java: Java, generations: list[Generation], log: Path
    ) -> Iterator[tuple[Generation, float]]:
        for found in generate_all(java, generations, log):
            seen.append(json.loads((found[0].work / "configuration.json").read_text()))
            yield found

    monkeypatch.setattr(run, "generate_all", spy)
    make_clients(settings, lambda _: None)
    [told] = [one for one in seen if one["additionalProperties"]["podVersion"] == "2.3.4"]
    assert told["additionalProperties"]["projectName"] == "GatewrightFoodsV2"
    assert told["httpUserAgent"] == "gatewright-foods-v2/2.3.4 (swift)"


def test_a_package_that_cannot_be_made_is_told_or_an_error(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run, "BUILDERS", {"swift": lambda *_: "no jar: there is no javac"})
    said: list[str] = []
    make_clients(settings, said.append)
    assert "foods-v1, swift: no jar: there is no javac" in said
    with pytest.raises(SdkError, match=r"foods-v., swift: no jar: there is no javac\n  remedy: "):
        make_clients(replace(settings, complete=True), said.append)


def test_changelogs_are_by_api(tmp_path: Path) -> None:
    file = write(tmp_path, "foods-v2.md", "# Changes")
    assert read_changelogs((file,), (document(),)) == {"foods-v2": "# Changes"}
    other = write(tmp_path, "foods-v3.md", "# Changes")
    with pytest.raises(SdkError, match="of no document\n  remedy: did you mean 'foods-v2'"):
        read_changelogs((other,), (document(),))
    with pytest.raises(SdkError, match="it cannot be read"):
        read_changelogs((tmp_path / "foods-v2.md" / "foods-v2.md",), (document(),))


def test_no_java(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(SdkError, match=r"the generator is not there\n  remedy: .*make sdk"):
        find_java()
    package = tmp_path / "openapi_generator_cli"
    write(package, "__init__.py", "")
    write(package, "openapi-generator.jar", "")
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(SdkError, match=r"no Java to run the generator with\n  remedy: "):
        find_java()
    write(tmp_path, "java", "#!/bin/sh\n").chmod(0o755)
    assert find_java().program == tmp_path / "java"


@pytest.mark.parametrize("words", [[], ["a", "b"], ["a", "b", "--project", "p", "--languge", "x"]])
def test_mistakes_on_the_command_line(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        read_settings(words)
    assert "usage: python -m gatewright.sdk" in capsys.readouterr().err
