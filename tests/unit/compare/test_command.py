"""``python -m gatewright.compare``: what it prints, and how it ends."""

import json
import os
import subprocess
import sys
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml

from gatewright.compare.__main__ import main
from tests.unit.compare.documents import api, query, taking

OLD = taking(query())
NEW = taking(query(required=True), query("page"))


@pytest.fixture
def files(tmp_path: Path) -> Any:
    def write(old: Any, new: Any) -> list[str]:
        paths = [tmp_path / "old.json", tmp_path / "new.yaml"]
        paths[0].write_text(old if isinstance(old, str) else json.dumps(old))
        paths[1].write_text(new if isinstance(new, str) else yaml.safe_dump(new))
        return [str(path) for path in paths]

    return write


def test_the_text_says_what_where_why_and_what_to_do(
    files: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*files(OLD, NEW), "--api", "foods-v1"]) == 1
    assert (
        capsys.readouterr().out
        == """\
foods-v1: 1 breaking change is not declared; declared, the next version is 2.0.0

  breaking
    query parameter limit has to be sent
      parameter-became-required at /paths/~1foods/put/parameters/0
      in:  PUT /foods
      why: callers that leave it out are refused
      or:  leave it optional, with a default

  compatible
    query parameter page is new
      parameter-added-optional at /paths/~1foods/put/parameters/1
      in:  PUT /foods
      why: it can be left out

  One of these helps:
  - make it compatible: each change says how, after `or:`
  - serve it as a new API version, beside v1: a folder and lines of platform.yaml
  - declare it in contracts/breaking.yaml, with a reason; the version is a major one:

      foods-v1:
        - kind: parameter-became-required
          operation: PUT /foods
          place: query parameter limit
          reason:  # why callers can bear it
"""
    )


def test_the_json_has_the_same(files: Any, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*files(OLD, NEW), "--api", "foods-v1", "--json"]) == 1
    found = json.loads(capsys.readouterr().out)
    assert found["holds"] is False
    one = found["apis"]["foods-v1"]
    assert (one["published"], one["version"], one["holds"]) == ("1.0.0", "2.0.0", False)
    assert one["unmatched"] == []
    assert one["changes"][0] == {
        "kind": "parameter-became-required",
        "verdict": "breaking",
        "operation": "PUT /foods",
        "operation_id": "put_food",
        "place": "query parameter limit",
        "pointer": "/paths/~1foods/put/parameters/0",
        "text": "query parameter limit has to be sent",
        "why": "callers that leave it out are refused",
        "document": "new",
        "declared": False,
    }


def test_what_is_compatible_or_declared_ends_well(
    files: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(files(OLD, OLD)) == 0
    assert capsys.readouterr().out == "api-v1: nothing changed, and it stays 1.0.0\n"
    declared = tmp_path / "breaking.yaml"
    declared.write_text(
        "foods-v1: [{kind: parameter-became-required, operation: PUT /foods, reason: meant}]\n"
    )
    options = ["--declared", str(declared), "--api", "foods-v1"]
    assert main([*files(OLD, NEW), *options]) == 0
    assert "breaking, as declared; the next version is 2.0.0" in capsys.readouterr().out


def test_declarations_for_an_api_that_is_another(
    files: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    declared = tmp_path / "breaking.yaml"
    declared.write_text("food-v1: [{kind: api-removed, reason: meant}]\n")
    assert main([*files(OLD, OLD), "--declared", str(declared), "--api", "foods-v1"]) == 0
    told = capsys.readouterr().err
    assert "declares changes of 'food-v1', and there is no such API: did you mean" in told


@pytest.mark.parametrize(
    ("new", "reason"),
    [
        pytest.param("{", "neither JSON nor YAML", id="no YAML"),
        pytest.param("a: [1, 2", "new.yaml:2:1 is neither", id="with its place"),
        pytest.param("- 1", "holds no OpenAPI document but a list", id="a list"),
        pytest.param("", "holds no OpenAPI document but nothing", id="empty"),
        pytest.param("a: !!python/object:os.x {}", "neither JSON nor YAML", id="a tag"),
        pytest.param("[" * 100_000, "nested too deeply", id="deep"),
        pytest.param(
            "a: &a [1,1,1,1,1,1,1,1]\n"
            + "\n".join(f"{x}: &{x} [{','.join([f'*{y}'] * 8)}]" for y, x in pairwise("abcdefgh")),
            "aliases that stand for more than",
            id="aliases of aliases",
        ),
        pytest.param("a: &a [*a]", "an alias stands for what it is in", id="a circle"),
        pytest.param('{"a": 1' + "0" * 5000 + "}", "more than 4000 digits", id="digits"),
        pytest.param("swagger: '2.0'", "swagger2openapi", id="Swagger"),
    ],
)
def test_what_cannot_be_read_ends_with_2(
    files: Any, capsys: pytest.CaptureFixture[str], new: str, reason: str
) -> None:
    assert main(files(OLD, new)) == 2
    error = capsys.readouterr().err
    assert reason in error
    assert "Traceback" not in error


def test_files_that_are_not_there(
    files: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([str(tmp_path / "nowhere.json"), files(OLD, NEW)[1]]) == 2
    assert "nowhere.json cannot be read: no such file" in capsys.readouterr().err
    assert main([*files(OLD, NEW), "--declared", str(tmp_path / "nowhere.yaml")]) == 2
    assert "nowhere.yaml" in capsys.readouterr().err
    broken = tmp_path / "broken.json"
    broken.write_text('{"openapi": }')
    assert main([str(broken), str(broken)]) == 2
    assert "broken.json:1:13 is not JSON" in capsys.readouterr().err


def test_an_api_s_name_ends_in_its_version(files: Any, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*files(OLD, NEW), "--api", "foods"]) == 2
    error = capsys.readouterr().err
    assert "--api: 'foods' does not end in an API version" in error
    assert "as foods-v1" in error


def test_statuses_without_quotes_are_names(files: Any) -> None:
    text = yaml.safe_dump(api()).replace("'200'", "200")
    assert " 200:" in text
    assert main(files(api(), text)) == 0


def test_help(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["--help"])
    assert ended.value.code == 0
    assert "--declared FILE" in capsys.readouterr().out


def test_two_numbers_that_no_float_holds_differ(files: Any) -> None:
    old, new = (yaml.safe_dump(taking(query(schema={"enum": [10**450 + last]}))) for last in (1, 2))
    assert main(files(old, old)) == 0
    assert main(files(old, new)) == 1


def test_a_reader_that_has_enough_is_no_error(files: Any) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    command = [sys.executable, "-m", "gatewright.compare", *files(OLD, NEW)]
    with os.fdopen(writing, "w") as output:
        ended = subprocess.run(command, stdout=output, stderr=subprocess.PIPE, text=True)
    assert (ended.returncode, ended.stderr) == (1, "")
