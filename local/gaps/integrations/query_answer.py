"""Services of the query protocol answer API Gateway in JSON, for which it asks with `Accept`.

https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-making-api-requests-xml.html
(the XML that is written as JSON here)
"""

from __future__ import annotations

import json
from typing import Any
from xml.etree import ElementTree

from local.gaps.integrations.service_protocol import Protocol

_ITEM = "member"


def as_json(body: bytes, action: str, protocol: Protocol) -> bytes:
    """The answer to an action in JSON, with null for what it lacks. What is no XML stays."""
    try:
        root = ElementTree.fromstring(body)  # noqa: S314 - our own server's answer
    except ElementTree.ParseError:
        return body
    content = _value(root)
    if _name(root) == "ErrorResponse" or not isinstance(content, dict):
        return json.dumps(content).encode()
    result = content.get(f"{action}Result")
    if isinstance(result, dict):
        missing = [name for name in protocol.members(action) if name not in result]
        content[f"{action}Result"] = result | dict.fromkeys(missing)
    return json.dumps({_name(root): content}).encode()


def _value(node: ElementTree.Element) -> Any:
    children = list(node)
    if not children:
        return node.text
    if all(_name(child) == _ITEM for child in children):
        return [_value(child) for child in children]
    found: dict[str, Any] = {}
    for child in children:
        name, value = _name(child), _value(child)
        if name not in found:
            found[name] = value
        elif isinstance(found[name], list):
            found[name].append(value)
        else:
            found[name] = [found[name], value]
    return found


def _name(node: ElementTree.Element) -> str:
    """The name without its namespace."""
    return node.tag.rpartition("}")[2]
