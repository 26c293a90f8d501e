"""Reads bodies by their media type, and checks them."""

import base64
import json
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qs

from described.readings import reading
from described.schemas import Schemas

_FORM = "application/x-www-form-urlencoded"


def body_problem(
    declared: dict[str, Any], event: dict[str, Any], schemas: Schemas
) -> tuple[HTTPStatus | None, str]:
    """The status to refuse the request's body with, and why; None if it is as it should be."""
    body = event.get("body")
    if body and event.get("isBase64Encoded"):
        body = base64.b64decode(body).decode("utf-8", "replace")
    # A text and a form may be empty. API Gateway does not tell that from none.
    may_be_empty = _media_type(event) == _FORM or _media_type(event).startswith("text/")
    if not body and not may_be_empty:
        missing = declared.get("required")
        return (HTTPStatus.BAD_REQUEST, "a body is required") if missing else (None, "")
    media_type = _media_type(event)
    media = _declared(media_type, declared["content"])
    if media is None:
        return HTTPStatus.UNSUPPORTED_MEDIA_TYPE, f"{media_type} is not declared"
    try:
        value = _value(body or "", media_type, media.get("schema", {}), schemas)
    except ValueError as error:
        return HTTPStatus.BAD_REQUEST, f"the body is not {media_type}: {error}"
    problem = schemas.problem(value, media.get("schema", {}))
    return (HTTPStatus.BAD_REQUEST, problem) if problem else (None, "")


def _media_type(event: dict[str, Any]) -> str:
    headers = {name.lower(): value for name, value in (event.get("headers") or {}).items()}
    found = str(headers.get("content-type") or "").partition(";")[0].strip().lower()
    return found or "application/json"


def _declared(media_type: str, content: dict[str, Any]) -> dict[str, Any] | None:
    found: dict[str, Any]
    for name, found in content.items():
        if name.partition(";")[0].strip().lower() == media_type:
            return found
    return None


def _value(body: str, media_type: str, schema: Any, schemas: Schemas) -> Any:
    """The value of a body. Raises ValueError."""
    if media_type == _FORM:
        return _form(body, schemas.resolved(schema), schemas)
    if media_type == "application/json" or media_type.endswith("+json"):
        return json.loads(body, parse_constant=_refuse_constant)
    return body


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is no number of JSON")


def _form(body: str, schema: Any, schemas: Schemas) -> dict[str, Any]:
    sent = parse_qs(body, keep_blank_values=True)
    properties = schema.get("properties", {})
    out: dict[str, Any] = {}
    for name, texts in sent.items():
        wanted = properties.get(name, {})
        if schemas.resolved(wanted).get("type") == "array":
            items = schemas.resolved(wanted).get("items", {})
            out[name] = [reading(text, items, schemas) for text in texts]
        else:
            out[name] = reading(texts[-1], wanted, schemas)
    return out
