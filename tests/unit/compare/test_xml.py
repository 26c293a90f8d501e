"""How XML has a value, which matters where a body is XML."""

from typing import Any

import pytest

from gatewright.compare import Change, compare
from tests.unit.compare.documents import JsonObject, api, content, operation

OLD: JsonObject = {"type": "object", "properties": {"a": {"type": "string"}}}


def _compare(side: str, media_type: str, xml: JsonObject) -> tuple[Change, ...]:
    def document(schema: Any) -> JsonObject:
        body = content(schema, media_type)
        if side == "request":
            return api(operation(requestBody=body))
        return api(operation(responses={"200": {"description": "OK", **body}}))

    new = {**OLD, "properties": {"a": {"type": "string", "xml": xml}}}
    return compare(document(OLD), document(new))


@pytest.mark.parametrize("side", ["request", "response"])
@pytest.mark.parametrize(
    "media_type", ["application/xml", "text/xml; charset=utf-8", "image/svg+xml"]
)
@pytest.mark.parametrize("xml", [{"name": "b"}, {"attribute": True}])
def test_it_breaks_who_sends_or_reads_xml(side: str, media_type: str, xml: JsonObject) -> None:
    (change,) = _compare(side, media_type, xml)
    assert (change.kind, change.verdict) == (f"{side}-xml-changed", "breaking")


@pytest.mark.parametrize("side", ["request", "response"])
def test_it_is_documentation_elsewhere(side: str) -> None:
    (change,) = _compare(side, "application/json", {"name": "b"})
    assert (change.kind, change.text) == ("documentation-changed", "xml changed")
