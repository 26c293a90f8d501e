"""What a parameter mapping takes its value from.

https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-parameter-mapping-sources.html
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from local.gaps import json_path, vtl
from local.gaps.execution import Execution
from local.gaps.velocity_values import JavaMap, as_json, text

Values = tuple[str, ...]
_BODY = "method.request.body"
_ANSWER_BODY = "integration.response.body"


def of_request(source: str, run: Execution, context: JavaMap) -> Values:
    """The values that a `requestParameters` source gives: none when it is absent."""
    if source == _BODY:
        return _one(run.body.decode("utf-8", errors="replace") if run.body else None)
    if source.startswith((f"{_BODY}.", f"{_BODY}[")):
        return _one(_in_body(run.body, source.removeprefix(_BODY)))
    place, _dot, name = source.removeprefix("method.request.").partition(".")
    found = _REQUEST.get(place)
    if source.startswith("method.request.") and found is not None:
        return found(run, name)
    return _anywhere(source, run, context)


def of_response(
    source: str, body: bytes, headers: Mapping[str, Any], run: Execution, context: JavaMap
) -> Values:
    """The values that a `responseParameters` source gives: none when it is absent."""
    if source == _ANSWER_BODY:
        return _one(body.decode("utf-8", errors="replace") or None)
    if source.startswith((f"{_ANSWER_BODY}.", f"{_ANSWER_BODY}[")):
        return _one(_in_body(body, source.removeprefix(_ANSWER_BODY)))
    if source.startswith("integration.response.header."):
        return named(headers, source.removeprefix("integration.response.header."))[-1:]
    if source.startswith("integration.response.multivalueheader."):
        return named(headers, source.removeprefix("integration.response.multivalueheader."))
    return _anywhere(source, run, context)


def named(headers: Mapping[str, Any], name: str) -> Values:
    """All values of a header, whatever its case."""
    return tuple(
        value
        for key, given in headers.items()
        if key.lower() == name.lower()
        for value in _several(given)
    )


def _several(given: Any) -> Values:
    return (
        tuple(str(value) for value in given) if isinstance(given, list | tuple) else (str(given),)
    )


def _path(run: Execution, name: str) -> Values:
    return _one((run.request.get("path_params") or {}).get(name))


def _query(run: Execution, name: str) -> Values:
    return _several(run.query[name]) if name in run.query else ()


_REQUEST: dict[str, Callable[[Execution, str], Values]] = {
    "path": _path,
    "querystring": lambda run, name: _query(run, name)[-1:],
    "multivaluequerystring": _query,
    "header": lambda run, name: named(run.headers, name)[-1:],
    "multivalueheader": lambda run, name: named(run.headers, name),
}


def _anywhere(source: str, run: Execution, context: JavaMap) -> Values:
    if len(source) > 1 and source[0] == source[-1] == "'":
        return (source[1:-1],)
    kind, _dot, name = source.partition(".")
    if kind == "stageVariables":
        return _one(run.stage_variables.get(name))
    if kind == "context":
        return _one(_found(name, context))
    return ()


def _found(name: str, context: JavaMap) -> Any:
    try:
        return json_path.evaluate(f"$.{name}", context)
    except ValueError:
        return None


def _in_body(body: bytes, path: str) -> Any:
    """What the path finds; nothing in a body that is no JSON."""
    try:
        return vtl.Input(body=body.decode("utf-8", errors="replace")).path("$" + path)
    except ValueError:
        return None


def _one(value: Any) -> Values:
    if value is None or value == "":
        return ()
    return (as_json(value) if isinstance(value, dict | list) else text(value),)
