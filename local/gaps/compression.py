"""Compressed requests are unpacked, and large answers packed for callers who say that they take it.

https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-gzip-compression-decompression.html
https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-make-request-with-compressed-payload.html
https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-receive-response-with-compressed-payload.html
"""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Mapping
from typing import Any

from local.gaps.execution import current
from local.gaps.integrations.parameters import named
from local.gaps.patch import Function
from local.gaps.payload_limits import GATEWAY

IDENTITY = "identity"
_WINDOW = {"gzip": 16 + zlib.MAX_WBITS, "deflate": zlib.MAX_WBITS}
_UNSUPPORTED = (
    415,
    {"Content-Type": "application/json", "x-amzn-ErrorType": "UnsupportedMediaTypeException"},
    b'{"message":"Unsupported Media Type"}',
)


def unpacking(original: Function) -> Function:
    """Give everything after it the request as it was before it was compressed.

    Another coding, or a body that is not in it, is a 415 before the API is looked for.
    """

    async def handle(*arguments: Any) -> Any:
        api_id, stage, method, path, headers, body, *rest = arguments
        coding = ", ".join(named(headers or {}, "content-encoding")).strip().lower()
        if coding and coding != IDENTITY and body:
            unpacked = unpack(body, coding)
            if unpacked is None:
                return _UNSUPPORTED
            body, kept = unpacked, {"content-encoding", "content-length"}
            headers = {name: value for name, value in headers.items() if name.lower() not in kept}
        return await original(api_id, stage, method, path, headers, body, *rest)

    return handle


def unpack(body: bytes, coding: str) -> bytes | None:
    """The content; None for a coding that is not supported, or a body that is not in it.

    What is far too large is cut off where the limit of payloads refuses it.
    """
    if coding not in _WINDOW:
        return None
    for window in (_WINDOW[coding], *((-zlib.MAX_WBITS,) if coding == "deflate" else ())):
        unpacker = zlib.decompressobj(window)
        try:
            content = unpacker.decompress(body, GATEWAY + 1)
        except zlib.error:
            continue
        return content if unpacker.eof or len(content) > GATEWAY else None
    return None


def packing(original: Function) -> Function:
    """Compress what an integration answered, from the API's `minimumCompressionSize` on."""

    async def execute(request: Any, api_id: str, *arguments: Any) -> Any:
        from ministack.services import apigateway_v1

        answer = await original(request, api_id, *arguments)
        if not isinstance(answer, tuple) or not isinstance(answer[2], bytes):
            return answer
        least = (apigateway_v1._rest_apis.get(api_id) or {}).get("minimumCompressionSize")
        if least in (None, "") or len(answer[2]) < int(least):
            return answer
        return packed(answer, ", ".join(named(current().headers, "accept-encoding")))

    return execute


def packed(answer: tuple[int, dict[str, Any], bytes], accepted: str) -> Any:
    """The answer in the coding that the caller prefers, unless it is in one already."""
    status, headers, body = answer
    coding = preferred(accepted)
    if coding is None or named(headers, "content-encoding"):
        return answer
    content = gzip.compress(body) if coding == "gzip" else zlib.compress(body)
    kept = {name: value for name, value in headers.items() if name.lower() != "content-length"}
    return status, kept | {"Content-Encoding": coding}, content


def preferred(accepted: str) -> str | None:
    """The coding that an Accept-Encoding header puts first, if API Gateway supports it.

    "The highest-priority content encoding must be one supported by API Gateway. If it is not,
    compression is not applied." A `*` names none.
    """
    weights: Mapping[str, float] = {
        name: weight for name, weight in map(_weighted, accepted.split(",")) if name and weight > 0
    }
    if not weights:
        return None
    best = max(weights, key=lambda name: weights[name])  # of equal ones the first
    return best if best in _WINDOW else None


def _weighted(item: str) -> tuple[str, float]:
    name, _semicolon, parameter = item.partition(";")
    key, _equals, value = parameter.partition("=")
    try:
        weight = float(value) if key.strip() == "q" else 1.0
    except ValueError:
        weight = 0.0
    return name.strip().lower(), weight
