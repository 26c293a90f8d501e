"""`python -m gatewright.contract import`: what is written, what is told, and what is refused."""

from pathlib import Path

import pytest

from gatewright.contract.__main__ import main

ROOT = Path(__file__).parents[4]
SOURCES = ROOT / "tests" / "imports"
SHOWCASE = ROOT / "tests" / "showcase" / "lambda_src" / "imported"


@pytest.mark.parametrize(
    ("source", "contract"), [("template.yaml", "sam.yaml"), ("export.json", "export.yaml")]
)
def test_the_showcase_serves_what_the_command_writes(
    source: str, contract: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["import", str(SOURCES / source)]) == 0
    assert capsys.readouterr().out == (SHOWCASE / contract).read_text()


def test_what_was_not_carried_over_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    main(["import", str(SOURCES / "template.yaml")])
    told = capsys.readouterr().err
    assert "template.yaml: 3 operations\n" in told
    assert "the file says security: []\n  GET /desks\n" in told
    assert "an event of the type Schedule" in told
    assert "handler: the function DeskFunction (src/handler.answer) answered all 3\n" in told
    assert 'cors: {allow_origin: "https://desks.example"}\n' in told


def refused(tmp_path: Path, text: str, capsys: pytest.CaptureFixture[str], *options: str) -> str:
    file = tmp_path / "template.yaml"
    file.write_text(text)
    assert main(["import", str(file), *options]) == 1
    captured = capsys.readouterr()
    assert captured.out == ""
    return captured.err


TWO = """\
Resources:
  A: {Type: AWS::Serverless::Api}
  B: {Type: AWS::Serverless::Api}
"""


@pytest.mark.parametrize(
    ("text", "options", "told"),
    [
        ("a: [1", (), "template.yaml: template.yaml:2: it is no YAML: "),
        ("[1, 2]", (), "It has no paths. Name an OpenAPI or Swagger document."),
        ("paths: {}", (), "It says neither openapi nor swagger. Name such a document."),
        ("Resources: {}", (), "It has no REST API: no AWS::Serverless::Api, and no function"),
        (TWO, (), "It has the APIs A, B. Say which one: --api A"),
        (TWO, ("--api", "C"), "It has no API C. Name one of these: --api A (A, B)"),
        (
            "Resources: {A: {Type: AWS::Serverless::Api, Properties: {DefinitionUri: s3://a/b}}}",
            (),
            "Its document is somewhere else (s3://a/b). Export the API that is deployed: ",
        ),
        (
            "Resources: {A: {Type: AWS::Serverless::Api, Properties: {DefinitionUri: b.yaml}}}",
            (),
            "b.yaml cannot be read: ",
        ),
        (
            "Resources: {A: {Type: AWS::Serverless::Api, Properties: {DefinitionBody: "
            "{'Fn::Transform': {Name: Mine}}}}}",
            (),
            "A macro writes its document: Mine. Export it.",
        ),
        (
            "Resources: {A: {Type: AWS::Serverless::Api, Properties: [1]}}",
            (),
            "A part of it is of another kind than AWS takes",
        ),
        ("[" * 300, (), "template.yaml:1: it is nested too deeply. Write fewer brackets."),
    ],
)
def test_a_source_that_cannot_be_a_contract_is_told_with_its_remedy(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    text: str,
    options: tuple[str, ...],
    told: str,
) -> None:
    assert told in refused(tmp_path, text, capsys, *options)


def test_a_file_that_is_not_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["import", str(tmp_path / "a.yaml")]) == 1
    assert "a.yaml cannot be read: " in capsys.readouterr().err
