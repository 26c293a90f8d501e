"""Binary payloads, and payloads that are converted.

The two tables of 'Content type conversions in API Gateway', every row of them, and 'Return binary
media from a Lambda proxy integration':
https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-payload-encodings-workflow.html
https://docs.aws.amazon.com/apigateway/latest/developerguide/lambda-proxy-binary-media.html
"""

from __future__ import annotations

import base64
import itertools
import json
from collections.abc import Iterator
from typing import Any

import pytest

from tests.local_gaps import backend
from tests.local_gaps.backend import PIXEL
from tests.local_gaps.running import (
    ACCOUNT,
    REGION,
    Aws,
    Document,
    document,
    lambda_proxy,
    lambda_uri,
    mock,
)

HANDLINGS = (None, "CONVERT_TO_BINARY", "CONVERT_TO_TEXT")
ENCODED = base64.b64encode(PIXEL)
UTF8 = PIXEL.decode(errors="replace").encode()
TEXT, IMAGE = "text/plain", "image/png"
Types = list[str]
UNSET: Types = []
SET: Types = [IMAGE]

# payload, Content-Type, binaryMediaTypes -> the payload for the integration, by contentHandling
REQUESTS: list[tuple[bytes, str, Types, tuple[bytes, bytes | None, bytes]]] = [
    (ENCODED, TEXT, UNSET, (ENCODED, PIXEL, ENCODED)),
    (ENCODED, IMAGE, UNSET, (ENCODED, PIXEL, ENCODED)),
    (ENCODED, TEXT, SET, (ENCODED, PIXEL, ENCODED)),
    (PIXEL, IMAGE, SET, (PIXEL, PIXEL, ENCODED)),
    (PIXEL, IMAGE, ["image/*"], (PIXEL, PIXEL, ENCODED)),
    (PIXEL, IMAGE, ["*/*"], (PIXEL, PIXEL, ENCODED)),
    (PIXEL, f"{IMAGE}; x=y", SET, (PIXEL, PIXEL, ENCODED)),
    (PIXEL, IMAGE, UNSET, (UTF8, None, UTF8)),  # which cannot be decoded
]
# what the endpoint answers with, Accept, binaryMediaTypes -> the payload for the caller
RESPONSES: list[tuple[str, str, Types, tuple[bytes, bytes | None, bytes]]] = [
    ("/base64", TEXT, UNSET, (ENCODED, PIXEL, ENCODED)),
    ("/png", TEXT, UNSET, (UTF8, None, UTF8)),
    ("/base64", TEXT, SET, (ENCODED, PIXEL, ENCODED)),
    ("/base64", IMAGE, SET, (PIXEL, PIXEL, ENCODED)),
    ("/png", TEXT, SET, (ENCODED, PIXEL, ENCODED)),
    ("/png", IMAGE, SET, (PIXEL, PIXEL, ENCODED)),
    ("/png", f"{IMAGE},image/*;q=0.8", SET, (PIXEL, PIXEL, ENCODED)),
    ("/png", f"image/webp,{IMAGE}", SET, (ENCODED, PIXEL, ENCODED)),
    ("/png", "*/*", SET, (ENCODED, PIXEL, ENCODED)),
    ("/png", "", ["*/*"], (PIXEL, PIXEL, ENCODED)),
]
IMAGE_FUNCTION = f"""
def handler(event, context):
    if "binary" in event:
        return {ENCODED.decode()!r}
    body = event["body"] if event["isBase64Encoded"] else {ENCODED.decode()!r}
    return {{"statusCode": 200, "body": body, "isBase64Encoded": True,
             "headers": {{"Content-Type": "image/png", "X-Was": str(event["isBase64Encoded"])}}}}
"""


def operation(path: str, **more: Any) -> Document:
    return {
        "responses": {"200": {"description": "ok"}},
        "x-amazon-apigateway-integration": {
            "type": "http",
            "httpMethod": "POST",
            "uri": "http://${stageVariables.host}" + path,
            "responses": {"default": {"statusCode": "200"}},
            **more,
        },
    }


@pytest.fixture(scope="module")
def host() -> Iterator[str]:
    with backend.running() as host:
        yield host


@pytest.fixture(scope="module")
def apis(aws: Aws, host: str) -> dict[str, str]:
    """An API for each list of binary media types, with all cases; ids by the list."""
    lists: list[Types] = [UNSET, SET, ["image/*"], ["*/*"]]
    return {str(types): aws.import_api(of_types(types), {"host": host}) for types in lists}


def of_types(types: Types) -> Document:
    paths: dict[str, Any] = {}
    for handling in HANDLINGS:
        given = {"contentHandling": handling} if handling else {}
        paths[f"/sent/{handling}"] = {"post": operation("/told", **given)}
        for path in ("/base64", "/png"):
            answer = {"responses": {"default": {"statusCode": "200", **given}}}
            paths[f"{path}/{handling}"] = {"post": operation(path, **answer)}
    return document(paths, **{"x-amazon-apigateway-binary-media-types": types})


CASES = list(itertools.product(range(len(REQUESTS)), range(3)))
ANSWERS = list(itertools.product(range(len(RESPONSES)), range(3)))


@pytest.mark.parametrize(("row", "handling"), CASES)
def test_request(aws: Aws, apis: dict[str, str], row: int, handling: int) -> None:
    payload, content_type, types, expected = REQUESTS[row]
    answer = aws.call(
        apis[str(types)],
        f"/sent/{HANDLINGS[handling]}",
        "POST",
        content=payload,
        headers={"Content-Type": content_type, "Accept": "application/json"}
        | ({"Accept": TEXT} if types == ["*/*"] else {}),
    )
    if expected[handling] is None:
        assert answer.status_code == 500
    else:
        assert base64.b64decode(told(answer.content)["body"]) == expected[handling]


def told(content: bytes) -> Any:
    """What the endpoint told, which is base64-encoded where all media types are binary."""
    text = content if content.startswith(b"{") else base64.b64decode(content)
    return json.loads(text)


@pytest.mark.parametrize(("row", "handling"), ANSWERS)
def test_response(aws: Aws, apis: dict[str, str], row: int, handling: int) -> None:
    path, accepted, types, expected = RESPONSES[row]
    headers = {"Content-Type": TEXT, "Accept": accepted}
    answer = aws.call(apis[str(types)], f"{path}/{HANDLINGS[handling]}", "POST", headers=headers)
    if expected[handling] is None:
        assert answer.status_code == 500
    else:
        assert answer.content == expected[handling]


def test_templates(aws: Aws, host: str) -> None:
    """A template sees base64-encoded text with CONVERT_TO_TEXT, and cannot take what is binary."""
    template = {"image/png": '{"data": "$input.body"}'}
    answer = {"responseTemplates": {"application/json": '{"data": "$input.body"}'}}
    text = {"contentHandling": "CONVERT_TO_TEXT"}
    paths = {
        "/in/text": operation("/told", requestTemplates=template, **text),
        "/in/binary": operation("/told", requestTemplates=template),
        "/out/text": operation("/png", responses={
            "default": {"statusCode": "200", **answer, **text}}),
        "/out/binary": operation("/png", responses={"default": {
            "statusCode": "200", **answer, "contentHandling": "CONVERT_TO_BINARY"}}),
    }  # fmt: skip
    api_id = aws.import_api(
        document(
            {path: {"post": given} for path, given in paths.items()},
            **{"x-amazon-apigateway-binary-media-types": SET},
        ),
        {"host": host},
    )
    headers = {"Content-Type": IMAGE, "Accept": "application/json"}
    answers = {
        path: aws.call(api_id, path, "POST", content=PIXEL, headers=headers) for path in paths
    }
    data = {"data": ENCODED.decode()}
    assert json.loads(base64.b64decode(answers["/in/text"].json()["body"])) == data
    assert answers["/out/text"].json() == data
    assert [answers[f"/{way}/binary"].status_code for way in ("in", "out")] == [500, 500]


def test_functions(aws: Aws) -> None:
    arn = aws.function("image", IMAGE_FUNCTION)
    aws.permit("image", f"arn:aws:execute-api:{REGION}:{ACCOUNT}:*")
    custom = operation("", type="aws", uri=lambda_uri(arn), requestTemplates={
        IMAGE: '{"binary": true}'}, contentHandling="CONVERT_TO_TEXT", responses={
        "default": {"statusCode": "200", "contentHandling": "CONVERT_TO_BINARY"}})  # fmt: skip
    api_id = aws.import_api(
        document(
            {"/custom": {"post": custom}, "/proxy": {"post": lambda_proxy(arn)}},
            **{"x-amazon-apigateway-binary-media-types": SET},
        )
    )

    def ask(path: str, accepted: str, content_type: str = IMAGE) -> tuple[bytes, str | None]:
        headers = {"Content-Type": content_type, "Accept": accepted}
        answer = aws.call(api_id, path, "POST", content=PIXEL, headers=headers)
        return answer.content, answer.headers.get("X-Was")

    assert ask("/custom", "application/json") == (PIXEL, None)
    assert ask("/proxy", IMAGE) == (PIXEL, "True")
    assert ask("/proxy", f"{IMAGE},*/*;q=0.8") == (PIXEL, "True")
    assert ask("/proxy", "text/html,image/png") == (ENCODED, "True")
    assert ask("/proxy", IMAGE, TEXT) == (PIXEL, "False")


def test_a_mock_takes_text_only(aws: Aws) -> None:
    """With */* a preflight is binary too: it needs CONVERT_TO_TEXT, as on AWS."""
    as_text = mock("ok")
    handled = as_text["x-amazon-apigateway-integration"]
    handled["contentHandling"] = "CONVERT_TO_TEXT"
    handled["responses"]["default"]["contentHandling"] = "CONVERT_TO_TEXT"
    api_id = aws.import_api(
        document(
            {"/binary": {"options": mock("ok")}, "/text": {"options": as_text}},
            **{"x-amazon-apigateway-binary-media-types": ["*/*"]},
        )
    )
    assert aws.call(api_id, "/binary", "OPTIONS").status_code == 500
    assert aws.call(api_id, "/text", "OPTIONS").text == "ok"
