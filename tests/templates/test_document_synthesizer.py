"""A document that is put into the template beside the CDK is what the CDK would have written."""

import json
from pathlib import Path
from typing import Any

import pytest
from aws_cdk import App, Environment, Stack
from aws_cdk import aws_sqs as sqs

from gatewright.api import RestApi
from gatewright.api.document_synthesizer import DocumentSynthesizer
from gatewright.api.plain_document import NotPlainError, token_strings
from stacks.app import new_app

HERE = Environment(account="111111111111", region="us-east-1")
PLAIN: dict[str, Any] = {
    "openapi": "3.0.1",
    "paths": {"/b": {}, "/a": {"get": {"responses": {"200": {}, "404": {"description": ""}}}}},
    "numbers": [0, -1, 9007199254740991, True, False],
    "text": ['"quoted"', "back\\slash", "line\nend\t\u0001\u007f\u2028", "é 漢 🙂", "</script>"],
    "empty": [{}, [], ""],
}
OTHERWISE: dict[str, Any] = {
    "nothing": {"a": None},
    "nothing in a list": [None],
    "a whole fraction": 1.0,
    "a small fraction": 1e-7,
    "what JavaScript rounds": 2**53 + 1,
    "numerals out of order": {"404": 1, "200": 2},
    "numerals after names": {"a": 1, "200": 2},
    "half of a character": "\ud83d",
    "tokens in a list": ["#{Token[TOKEN.1]}"],
}


def _synthesised(
    folder: Path, document: dict[str, Any], synthesizer: DocumentSynthesizer | None
) -> dict[str, str]:
    """Every file of an assembly with an API, and with a queue of another stack in its document."""
    app = new_app(outdir=str(folder))
    queue = sqs.Queue(Stack(app, "queues", env=HERE), "Queue")
    stack = Stack(app, "api", env=HERE, synthesizer=synthesizer)
    own = sqs.Queue(stack, "Own")
    tokens = {
        "imported": queue.queue_arn,
        "own": f'"{own.queue_arn}"',
        "again": queue.queue_arn,
        "partition": stack.partition,
    }
    RestApi(stack, "RestApi", name="shop", document={**document, "tokens": tokens})
    app.synth()
    return {file.name: file.read_text() for file in folder.iterdir() if file.is_file()}


def test_an_assembly_has_the_bytes_that_the_cdk_alone_writes(tmp_path: Path) -> None:
    written = _synthesised(tmp_path / "ours", PLAIN, DocumentSynthesizer())
    assert written == _synthesised(tmp_path / "cdk", PLAIN, None)
    template = json.loads(written["api.template.json"])
    body = next(
        resource["Properties"]["Body"]
        for resource in template["Resources"].values()
        if resource["Type"] == "AWS::ApiGateway::RestApi"
    )
    assert body["text"] == PLAIN["text"]
    assert "Fn::ImportValue" in body["tokens"]["imported"]


def test_no_document_crosses_to_the_cdk() -> None:
    stack = Stack(App(), "api", env=HERE)
    document = {**PLAIN, "arn": stack.partition, "again": stack.partition}
    body = DocumentSynthesizer().body(document)
    assert list(body.values()) == [[stack.partition]]


@pytest.mark.parametrize("name", OTHERWISE)
def test_what_node_writes_otherwise_is_left_to_the_cdk(name: str) -> None:
    document = {**PLAIN, "more": OTHERWISE[name]}
    with pytest.raises(NotPlainError):
        token_strings(document)
    assert DocumentSynthesizer().body(document) is document


def test_two_apis_of_a_stack_keep_their_own_documents(tmp_path: Path) -> None:
    app = new_app(outdir=str(tmp_path))
    stack = Stack(app, "api", env=HERE, synthesizer=DocumentSynthesizer())
    for name in ("one", "two"):
        RestApi(stack, name, name=name, document={"info": {"title": name}})
    app.synth()
    template = json.loads((tmp_path / "api.template.json").read_text())
    found = [resource["Properties"] for resource in template["Resources"].values()]
    assert {one["Name"]: one["Body"]["info"]["title"] for one in found} == {
        "one": "one",
        "two": "two",
    }


def test_a_template_with_indentation_has_its_document_too(tmp_path: Path) -> None:
    app = App(outdir=str(tmp_path))
    stack = Stack(app, "api", env=HERE, synthesizer=DocumentSynthesizer())
    RestApi(stack, "RestApi", name="shop", document={**PLAIN, "partition": stack.partition})
    app.synth()
    resources = json.loads((tmp_path / "api.template.json").read_text())["Resources"].values()
    [body] = [r["Properties"]["Body"] for r in resources if r["Type"].endswith("RestApi")]
    assert body == {**PLAIN, "partition": {"Ref": "AWS::Partition"}}
