"""Compressed payloads.

Cases from 'Payload compression for REST APIs' and its three pages:
https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-gzip-compression-decompression.html
"""

from __future__ import annotations

import base64
import gzip
import json
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from local.gaps import compression, payload_limits
from tests.local_gaps import backend
from tests.local_gaps.running import Aws, document, mock

LARGE = "large " * 20  # 120 bytes
SMALL = "small"
MINIMUM = 100

ACCEPTED: dict[str, str | None] = {
    "": None,
    "*": None,
    "identity": None,
    "br": None,
    "gzip": "gzip",
    "deflate": "deflate",
    "GZIP": "gzip",
    "deflate,gzip": "deflate",
    "gzip, deflate, br": "gzip",
    "deflate;q=0.5,gzip;q=1.0": "gzip",
    "gzip;q=1.0,identity;q=0.5,*;q=0": "gzip",
    "gzip;q=0.5,identity;q=1.0": None,
    "br;q=1.0,gzip;q=0.8": None,
    "gzip;q=0": None,
    "gzip;q=x": None,
}


# The names of tests are made of it, so it must not tell the time.
PACKED = gzip.compress(b"x", mtime=0)


@pytest.mark.parametrize("accepted", ACCEPTED)
def test_preferred(accepted: str) -> None:
    assert compression.preferred(accepted) == ACCEPTED[accepted]


@pytest.mark.parametrize(
    ("coding", "content", "unpacked"),
    [
        ("gzip", PACKED, b"x"),
        ("deflate", zlib.compress(b"x"), b"x"),
        ("deflate", zlib.compress(b"x", wbits=-15), b"x"),
        ("gzip", PACKED[:-2], None),
        ("gzip", b"x", None),
        ("deflate", b"x", None),
        ("br", b"x", None),
        ("gzip, gzip", gzip.compress(PACKED, mtime=0), None),
    ],
)
def test_unpack(coding: str, content: bytes, unpacked: bytes | None) -> None:
    assert compression.unpack(content, coding) == unpacked


def test_a_bomb_is_cut_off() -> None:
    unpacked = compression.unpack(gzip.compress(bytes(50_000_000)), "gzip")
    assert unpacked is not None
    assert len(unpacked) == payload_limits.GATEWAY + 1


@dataclass(frozen=True)
class Apis:
    compressing: str
    plain: str


@pytest.fixture(scope="module")
def apis(aws: Aws) -> Iterator[Apis]:
    integration = {
        "type": "http_proxy",
        "httpMethod": "POST",
        "uri": "http://${stageVariables.host}/told",
        "requestParameters": {"integration.request.header.Accept-Encoding": "'identity'"},
    }
    packed = mock(LARGE)
    answer = packed["x-amazon-apigateway-integration"]["responses"]["default"]
    packed["responses"]["200"]["headers"] = {"Content-Encoding": {"schema": {"type": "string"}}}
    answer["responseParameters"] = {"method.response.header.Content-Encoding": "'custom'"}
    paths = {
        "/large": {"get": mock(LARGE)},
        "/small": {"get": mock(SMALL)},
        "/packed": {"get": packed},
        "/sent": {"post": {"responses": {}, "x-amazon-apigateway-integration": integration}},
        "/template": {"post": mock("$context.requestOverride.path.x", (
            '#set($context.requestOverride.path.x = $input.path(\'$.type\')){"statusCode": 200}'))},
    }  # fmt: skip
    extension = {"x-amazon-apigateway-minimum-compression-size": MINIMUM}
    with backend.running() as host:
        yield Apis(
            aws.import_api(document(paths, **extension), {"host": host}),
            aws.import_api(document(paths), {"host": host}),
        )


@pytest.mark.parametrize("accepted", ACCEPTED)
def test_answer(aws: Aws, apis: Apis, accepted: str) -> None:
    answer = aws.call(apis.compressing, "/large", headers={"Accept-Encoding": accepted})
    assert answer.headers.get("Content-Encoding") == ACCEPTED[accepted]
    assert answer.text == LARGE
    if ACCEPTED[accepted]:
        assert int(answer.headers["Content-Length"]) < MINIMUM


@pytest.mark.parametrize(
    ("api", "path"), [("plain", "/large"), ("compressing", "/small"), ("compressing", "/none")]
)
def test_not_compressed(aws: Aws, apis: Apis, api: str, path: str) -> None:
    """Without a minimum, below it, and what is no integration's answer."""
    answer = aws.call(getattr(apis, api), path, headers={"Accept-Encoding": "gzip"})
    assert "Content-Encoding" not in answer.headers


def test_what_is_compressed_already_stays(aws: Aws, apis: Apis) -> None:
    answer = aws.call(apis.compressing, "/packed", headers={"Accept-Encoding": "gzip"})
    assert (answer.headers["Content-Encoding"], answer.text) == ("custom", LARGE)


PET = json.dumps({"type": "dog", "price": 249.99}).encode()
Pack = Callable[[bytes], bytes]


@pytest.mark.parametrize("api", ["plain", "compressing"])
@pytest.mark.parametrize(
    ("coding", "pack"), [("gzip", gzip.compress), ("deflate", zlib.compress), ("identity", bytes)]
)
def test_request(aws: Aws, apis: Apis, api: str, coding: str, pack: Pack) -> None:
    """It is unpacked for templates and for the integration, whatever the API's minimum."""
    sent: dict[str, Any] = {
        "content": pack(PET),
        "headers": {"Content-Encoding": coding, "Content-Type": "application/json"},
    }
    assert aws.call(getattr(apis, api), "/template", "POST", **sent).text == "dog"
    told = aws.call(getattr(apis, api), "/sent", "POST", **sent).json()
    assert json.loads(base64.b64decode(told["body"])) == json.loads(PET)
    assert told["headers"].get("content-encoding") in (None, "identity")


@pytest.mark.parametrize(("coding", "content"), [("br", PET), ("gzip", PET), ("deflate", b"{}")])
def test_request_that_is_not_in_its_coding(
    aws: Aws, apis: Apis, coding: str, content: bytes
) -> None:
    headers = {"Content-Encoding": coding}
    answer = aws.call(apis.plain, "/template", "POST", content=content, headers=headers)
    assert (answer.status_code, answer.json()) == (415, {"message": "Unsupported Media Type"})
