"""Tells callers on every answer that their version is on its way out."""

import json
import os
from typing import Any

from gatewright.runtime.variables import LIFECYCLE_VARIABLE

_LINK = "Link"


def lifecycle_headers() -> dict[str, str]:
    """The headers that the platform gave to the function; none of an active version."""
    found: dict[str, str] = json.loads(os.environ.get(LIFECYCLE_VARIABLE) or "{}")
    return found


def add_lifecycle(headers: dict[str, list[str]]) -> dict[str, list[str]]:
    """``headers``, with those of the version's lifecycle where it has one.

    What an answer says itself is more exact, as of a single operation, and stays. Links are a list
    (RFC 8288, section 3), so the version's join those of the answer.
    """
    added = lifecycle_headers()
    if not added:
        return headers
    names = {name.lower(): name for name in headers}
    joined = dict(headers)
    for name, value in added.items():
        own = joined.get(names.get(name.lower(), name), [])
        if not own or name == _LINK:
            joined[names.get(name.lower(), name)] = [*own, value]
    return joined


def with_lifecycle_in_one(headers: dict[str, str]) -> dict[str, str]:
    """``headers`` of one value each, as of an answer that is streamed; links are joined."""
    several = add_lifecycle({name: [value] for name, value in headers.items()})
    return {name: ", ".join(values) for name, values in several.items()}


def with_lifecycle(answer: dict[str, Any]) -> dict[str, Any]:
    """An answer of a Lambda proxy integration, with the headers of the version's lifecycle.

    A header that stands in both of its two places comes from ``multiValueHeaders``. AWS: "Output
    format of a Lambda function for proxy integration".
    """
    added = lifecycle_headers()
    if not added or not isinstance(answer, dict):
        return answer
    several = dict(answer.get("multiValueHeaders") or {})
    single = dict(answer.get("headers") or {})
    for name in [name for name in single if name.lower() in {key.lower() for key in added}]:
        several.setdefault(name, [single.pop(name)])
    return {**answer, "headers": single, "multiValueHeaders": add_lifecycle(several)}
