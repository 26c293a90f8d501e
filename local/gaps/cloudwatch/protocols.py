"""Requests and answers of CloudWatch in its three protocols: CBOR, JSON and Query.

https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/making-api-requests.html
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape

Parameters = dict[str, Any]


@dataclass(frozen=True)
class Call:
    """A request, in the form that ministack hands it to the function of its action."""

    params: Mapping[str, Any]
    data: Mapping[str, Any]
    is_cbor: bool
    is_json: bool = False

    def parameters(self) -> Parameters:
        """The parameters as they are named in the API reference. Those of Query are all texts."""
        if self.is_cbor or self.is_json:
            return dict(self.data)
        return _of_query(self.params)

    def answer(self, action: str, result: Mapping[str, Any]) -> Any:
        """200 with this result, whose timestamps are in seconds since 1970."""
        from ministack.services import cloudwatch

        if self.is_cbor:
            return cloudwatch._cbor_ok(_tagged(result))
        if self.is_json:
            return cloudwatch._json_ok(dict(result))
        content = f"<{action}Result>{_xml(result)}</{action}Result>"
        return cloudwatch._xml(200, f"{action}Response", content)

    def refusal(self, code: str, message: str) -> Any:
        """400 with this error."""
        from ministack.services import cloudwatch

        return cloudwatch._error(code, message, 400, use_json=self.is_json, use_cbor=self.is_cbor)


def _of_query(params: Mapping[str, Any]) -> Parameters:
    """`A.member.1.B=c` is `{"A": [{"B": "c"}]}`."""
    found: Parameters = {}
    for name, value in params.items():
        text = value[0] if isinstance(value, list) else value
        steps = re.sub(r"\.member\.(\d+)", r".\1", name).split(".")
        place: Any = found
        for step in steps[:-1]:
            place = place.setdefault(step, {})
        place[steps[-1]] = text
    listed: Parameters = _lists(found)
    return listed


def _lists(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    inner = {name: _lists(each) for name, each in value.items()}
    if inner and all(name.isdecimal() for name in inner):
        return [inner[name] for name in sorted(inner, key=int)]
    return inner


def _is_time(name: str) -> bool:
    return name.endswith(("Timestamp", "Timestamps"))


def _tagged(value: Any, name: str = "") -> Any:
    from ministack.services import cloudwatch

    if isinstance(value, Mapping):
        return {key: _tagged(each, key) for key, each in value.items()}
    if isinstance(value, list):
        return [_tagged(each, name) for each in value]
    return cloudwatch._cbor_timestamp(value) if _is_time(name) else value


def _xml(value: Any, name: str = "") -> str:
    from ministack.services import cloudwatch

    if isinstance(value, Mapping):
        return "".join(
            f"<{key}>{_xml(each, key)}</{key}>" for key, each in value.items() if each is not None
        )
    if isinstance(value, list):
        return "".join(f"<member>{_xml(each, name)}</member>" for each in value)
    if isinstance(value, bool):
        return str(value).lower()
    return str(cloudwatch._ts_iso(value)) if _is_time(name) else escape(str(value))
