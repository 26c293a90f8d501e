"""The events of the type Api that functions of a template have, as operations.

AWS SAM: "Api", "RequestModel", "RequestParameter".
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from gatewright.contract.document import JsonObject
from gatewright.contract.imports.intrinsics import plain
from gatewright.contract.imports.sam_auth import ApiAuth, Asked
from gatewright.contract.paths import path_parameters

_ANY = ("get", "put", "post", "delete", "head", "patch")
_PARAMETER = re.compile(r"method\.request\.(querystring|header|path)\.(.+)")
_IN = {"querystring": "query", "header": "header", "path": "path"}
_NOT_IN_A_NAME = re.compile(r"[^A-Za-z0-9_]+")


@dataclass(frozen=True)
class ApiEvent:
    """One event. ``function`` is the logical id, and where its handler is."""

    function: str
    label: str
    api: str
    path: str
    methods: tuple[str, ...]
    properties: JsonObject = field(repr=False)

    @property
    def name(self) -> str:
        """``GET /foods``, or ``ANY /foods``."""
        return f"{'ANY' if len(self.methods) > 1 else self.methods[0].upper()} {self.path}"


def api_events(template: JsonObject) -> Iterator[ApiEvent]:
    """Every event of every function."""
    shared = ((template.get("Globals") or {}).get("Function")) or {}
    parameters = template.get("Parameters") or {}
    for name, resource in template["Resources"].items():
        if not isinstance(resource, dict) or resource.get("Type") != "AWS::Serverless::Function":
            continue
        own = {**shared, **(resource.get("Properties") or {})}
        for label, event in (own.get("Events") or {}).items():
            if isinstance(event, dict) and event.get("Type") == "Api":
                where = f"{name} ({_text(own, 'CodeUri', parameters)}{own.get('Handler', '?')})"
                yield _event(where, f"{name}_{label}", event.get("Properties") or {}, parameters)


def _event(
    function: str, label: str, properties: JsonObject, parameters: Mapping[str, Any]
) -> ApiEvent:
    method = str(plain(properties.get("Method", "any"), parameters)).lower()
    api = properties.get("RestApiId")
    return ApiEvent(
        function=function,
        label=_NOT_IN_A_NAME.sub("_", label),
        api="ServerlessRestApi" if api is None else str(plain(api, {})),
        path=str(plain(properties.get("Path", "/"), parameters)),
        methods=_ANY if method in ("any", "x-amazon-apigateway-any-method") else (method,),
        properties=properties,
    )


def event_operation(
    event: ApiEvent, method: str, auth: ApiAuth, parameters: Mapping[str, Any]
) -> tuple[JsonObject, Asked]:
    """The operation of an event for one of its methods, and what it asks for."""
    several = len(event.methods) > 1
    out: JsonObject = {"operationId": f"{event.label}_{method}" if several else event.label}
    declared = dict(_parameters(event, parameters))
    for name in path_parameters(event.path):
        declared.setdefault(("path", name), True)
    if declared:
        out["parameters"] = [
            {"name": name, "in": place, "required": required or place == "path", "schema": _TEXT}
            for (place, name), required in declared.items()
        ]
    if model := event.properties.get("RequestModel"):
        schema = {"$ref": f"#/components/schemas/{model.get('Model')}"}
        content = {"application/json": {"schema": schema}}
        out["requestBody"] = {"required": bool(model.get("Required", True)), "content": content}
    out["responses"] = {"default": {"description": "What the function answers."}}
    return out, auth.of(event.properties.get("Auth"))


_TEXT = {"type": "string"}


def _parameters(
    event: ApiEvent, parameters: Mapping[str, Any]
) -> Iterator[tuple[tuple[str, str], bool]]:
    for item in plain(event.properties.get("RequestParameters") or [], parameters):
        found = item if isinstance(item, dict) else {item: {}}
        for written, options in found.items():
            if match := _PARAMETER.fullmatch(str(written)):
                yield (_IN[match[1]], match[2]), bool((options or {}).get("Required"))


def _text(properties: JsonObject, name: str, parameters: Mapping[str, Any]) -> str:
    found = plain(properties.get(name), parameters)
    return f"{found.rstrip('/')}/" if isinstance(found, str) else ""
