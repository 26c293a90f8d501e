"""Of several media types in an Accept header the first counts, and JSON where there is none.

https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-payload-encodings-workflow.html
https://docs.aws.amazon.com/apigateway/latest/developerguide/lambda-proxy-binary-media.html
"""

from __future__ import annotations

from collections.abc import Sequence

from local.gaps.integrations.content_handling import is_binary
from local.gaps.patch import Function


def first(_original: Function) -> Function:
    """Replace ministack's, which takes a list for one type and an absent header for none."""

    def matches(media_type: str | None, binary_types: Sequence[str] | None) -> bool:
        return is_binary(media_type or "", binary_types or ())

    return matches
