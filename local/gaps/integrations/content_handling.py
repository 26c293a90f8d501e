"""Text becomes binary and binary text, by media type and `contentHandling`.

https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-payload-encodings-workflow.html
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from local.gaps import media_types
from local.gaps.execution import Execution
from local.gaps.integrations.errors import ConversionError

TO_BINARY, TO_TEXT = "CONVERT_TO_BINARY", "CONVERT_TO_TEXT"
Render = Callable[[bytes], bytes]


def binary_types(run: Execution) -> list[str]:
    """The `binaryMediaTypes` of the API as it is deployed."""
    from ministack.services import apigateway_v1

    return list((apigateway_v1._rest_apis.get(run.api_id) or {}).get("binaryMediaTypes") or [])


def is_binary(content_type: str, binary_types: Sequence[str]) -> bool:
    """Whether a media type is on the API's list; of several in an Accept header, the first."""
    wanted = media_types.media_type(content_type.split(",", 1)[0])
    kind = wanted.split("/", 1)[0]
    return any(listed.strip().lower() in (wanted, "*/*", f"{kind}/*") for listed in binary_types)


def of_request(
    payload: bytes,
    content_type: str,
    binary_types: Sequence[str],
    integration: Mapping[str, Any],
    render: Render | None,
) -> bytes:
    """The payload for the integration, through `render`, its mapping template, if there is one."""
    binary = is_binary(content_type, binary_types)
    handling = integration.get("contentHandling")
    return _converted(payload, binary, handling or (TO_BINARY if binary else TO_TEXT), render)


def of_response(
    payload: bytes,
    content_types: tuple[str, str],
    binary_types: Sequence[str],
    handling: str | None,
    render: Render | None,
) -> bytes:
    """The payload for the caller. `content_types`: that of the answer, and what is accepted."""
    answered, accepted = (is_binary(kind, binary_types) for kind in content_types)
    return _converted(payload, answered, handling or (TO_BINARY if accepted else TO_TEXT), render)


def _converted(payload: bytes, binary: bool, handling: str, render: Render | None) -> bytes:
    if not binary:
        payload = render(payload) if render else payload
        return _decoded(payload) if handling == TO_BINARY else _utf8(payload)
    if handling == TO_TEXT:
        payload = base64.b64encode(payload)
        return render(payload) if render else payload
    if render:
        raise ConversionError(
            "Unable to transform: a mapping template takes text and the payload is binary. Set "
            f"contentHandling to {TO_TEXT}, or take the template away"
        )
    return payload


def _utf8(payload: bytes) -> bytes:
    return payload.decode("utf-8", errors="replace").encode()


def _decoded(payload: bytes) -> bytes:
    """A JSON string is what a function returns, so its quotes do not count."""
    try:
        return base64.b64decode(payload.strip().strip(b'"'), validate=True)
    except (binascii.Error, ValueError) as problem:
        raise ConversionError(
            f"{TO_BINARY}: the payload is not base64-encoded text ({problem})"
        ) from problem
