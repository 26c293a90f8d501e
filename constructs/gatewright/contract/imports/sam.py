"""The REST APIs of a SAM template as contract files.

AWS SAM: "AWS::Serverless::Api", "Api" (an event of AWS::Serverless::Function), "ApiAuth".
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from gatewright.contract.document import JsonObject
from gatewright.contract.imports.exported import clean
from gatewright.contract.imports.imported import Imported, ImportingError
from gatewright.contract.imports.integrations import tell_functions
from gatewright.contract.imports.intrinsics import plain
from gatewright.contract.imports.sam_auth import ApiAuth
from gatewright.contract.imports.sam_body import body_of
from gatewright.contract.imports.sam_events import ApiEvent, api_events, event_operation

IMPLICIT = "ServerlessRestApi"
"""What SAM calls the API of events that name none."""

_APIS = ("AWS::Serverless::Api", "AWS::ApiGateway::RestApi")
_POLICY = "x-amazon-apigateway-policy"
_BINARY = "x-amazon-apigateway-binary-media-types"
_SHARED = ("Auth", "Cors", "Models", "BinaryMediaTypes", "GatewayResponses")


def is_template(value: Any) -> bool:
    """Whether it is a CloudFormation template."""
    return isinstance(value, dict) and isinstance(value.get("Resources"), dict)


def convert(template: JsonObject, file: Path, api: str | None) -> Imported:
    """The contract of the API with the logical id ``api``; it may be None where there is one.

    ``file`` is the template's, for files beside it. Raises ImportingError.
    """
    events = list(api_events(template))
    declared = {
        name: resource
        for name, resource in template["Resources"].items()
        if isinstance(resource, dict) and resource.get("Type") in _APIS
    }
    names = [*declared, *([IMPLICIT] if any(e.api == IMPLICIT for e in events) else [])]
    name = _chosen(names, api)
    return _Converted(template, file, name, [e for e in events if e.api == name]).made


def _chosen(names: list[str], api: str | None) -> str:
    found = ", ".join(names)
    if not names:
        raise ImportingError(
            "It has no REST API: no AWS::Serverless::Api, and no function with an event of the "
            "type Api. Events of the type HttpApi are another service's, with other requests."
        )
    if api is None and len(names) > 1:
        raise ImportingError(f"It has the APIs {found}. Say which one: --api {names[0]}")
    if api is not None and api not in names:
        raise ImportingError(f"It has no API {api}. Name one of these: --api {names[0]} ({found})")
    return api or names[0]


class _Converted:
    def __init__(self, template: JsonObject, file: Path, name: str, events: list[ApiEvent]) -> None:
        self._parameters = template.get("Parameters") or {}
        resource = template["Resources"].get(name) or {}
        self._properties = _properties(template, resource)
        told = Imported()
        self._auth = ApiAuth(self._properties.get("Auth") or {}, told)
        body = body_of(self._properties, file)
        document = plain(body, self._parameters) if body else _empty(name)
        unchosen = self._auth.default()
        self.made = clean(document, unchosen=unchosen.asked or {}, title=name)
        if unchosen.asked is None:
            self._close(unchosen.reason)
        self._swagger = "swagger" in self.made.document
        self._events(events)
        self._whole_api()
        self.made.include([told])
        _tell_others(template, self.made)

    def _close(self, reason: str) -> None:
        """Take away what nobody chose: the document's operations are the authorizer's to guard."""
        for path, item in self.made.document["paths"].items():
            for method, operation in item.items():
                if isinstance(operation, dict) and operation.get("security") == []:
                    del operation["security"]
                    self.made.tell("closed", reason, f"{method.upper()} {path}")
        self.made.told.pop("open", None)

    def _events(self, events: list[ApiEvent]) -> None:
        answered: dict[str, list[str]] = {}
        paths = self.made.document["paths"]
        for event in events:
            answered.setdefault(event.function, []).append(event.name)
            item = paths.setdefault(event.path, {})
            for method in event.methods:
                made, asked = event_operation(event, method, self._auth, self._parameters)
                item[method] = {**_of_swagger(made, self._swagger), **item.get(method, {})}
                if asked.asked is None:
                    item[method].pop("security", None)
                    self.made.tell("closed", asked.reason, f"{method.upper()} {event.path}")
                    continue
                item[method]["security"] = [asked.asked] if asked.asked else []
                if not asked.asked:
                    self.made.tell("open", f"{method.upper()} {event.path}")
        if answered:
            tell_functions(self.made, answered)

    def _whole_api(self) -> None:
        document = self.made.document
        holder = document if self._swagger else document.setdefault("components", {})
        schemes = holder.setdefault(
            "securityDefinitions" if self._swagger else "securitySchemes", {}
        )
        for name, scheme in self._auth.schemes(document).items():
            schemes.setdefault(name, scheme)
        if models := plain(self._properties.get("Models") or {}, self._parameters):
            holder.setdefault("definitions" if self._swagger else "schemas", {}).update(models)
        if cors := self._properties.get("Cors"):
            self.made.tell("platform", f'cors: {{allow_origin: "{_origin(cors)}"}}')
        if self._properties.get("BinaryMediaTypes"):
            kept = [str(t).replace("~1", "/") for t in self._properties["BinaryMediaTypes"]]
            document[_BINARY] = kept
            self.made.tell("kept", _BINARY)
        auth = self._properties.get("Auth") or {}
        if policy := auth.get("ResourcePolicy") or self._properties.get("Policy"):
            document[_POLICY] = plain(policy, self._parameters)
            self.made.tell("kept", _POLICY)
        if self._properties.get("GatewayResponses"):
            self.made.tell("left", "GatewayResponses: the platform writes its own")


def _properties(template: JsonObject, resource: JsonObject) -> JsonObject:
    shared = ((template.get("Globals") or {}).get("Api")) or {}
    own = resource.get("Properties") or {}
    return {**{name: shared[name] for name in _SHARED if name in shared}, **own}


def _of_swagger(operation: JsonObject, swagger: bool) -> JsonObject:
    """An operation as Swagger 2.0 has it, if the document is that."""
    if not swagger:
        return operation
    found = operation.get("parameters", [])
    texts = [{"type": "string", **p} for p in found]
    for parameter in texts:
        parameter.pop("schema", None)
    kept = {name: operation[name] for name in ("operationId", "responses")}
    return {**kept, "parameters": texts} if texts else kept


def _empty(name: str) -> JsonObject:
    return {"openapi": "3.0.1", "info": {"title": name, "version": "1"}, "paths": {}}


def _origin(cors: Any) -> str:
    found = cors.get("AllowOrigin", "*") if isinstance(cors, dict) else cors
    return str(found).strip("'\"")


def _tell_others(template: JsonObject, made: Imported) -> None:
    for name, kind in _others(template):
        made.tell("left", f"{kind}: not an API, and for stacks of your own", name)


def _others(template: JsonObject) -> Iterator[tuple[str, str]]:
    for name, resource in template["Resources"].items():
        kind = str((resource or {}).get("Type", "")) if isinstance(resource, dict) else ""
        if kind == "AWS::Serverless::Function":
            for event, found in ((resource.get("Properties") or {}).get("Events") or {}).items():
                if isinstance(found, dict) and found.get("Type") != "Api":
                    yield f"{name}.{event}", f"an event of the type {found.get('Type')}"
        elif kind not in _APIS:
            yield name, kind
