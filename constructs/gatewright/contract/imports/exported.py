"""A document with API Gateway's extensions, as `get-export` writes it, as a contract file.

AWS: "Export a REST API from API Gateway", "OpenAPI extensions for API Gateway".
"""

from collections.abc import Iterator, Mapping
from typing import Any

from gatewright.contract.document import METHODS, JsonObject
from gatewright.contract.imports.imported import Imported, ImportingError
from gatewright.contract.imports.integrations import Integrations
from gatewright.contract.imports.schemes import Schemes
from gatewright.contract.paths import path_parameters
from gatewright.contract.security import IAM

_PREFIX = "x-amazon-apigateway-"
_ANY = f"{_PREFIX}any-method"
_AUTH = f"{_PREFIX}auth"
_VALIDATOR = f"{_PREFIX}request-validator"
_ALL_METHODS = ("get", "put", "post", "delete", "head", "patch")
# They decide which requests are accepted, or what the function is sent: the reader refuses them
# for as long as the platform does not have them.
_DECIDE = (f"{_PREFIX}policy", f"{_PREFIX}binary-media-types")
_ELSEWHERE = ("servers", "host", "basePath", "schemes", "securityDefinitions", "components")


def clean(
    document: Any, *, unchosen: Mapping[str, Any] | None = None, title: str = "API"
) -> Imported:
    """The contract of an API Gateway document, OpenAPI 3.0 or Swagger 2.0.

    ``unchosen`` is what an operation without ``security`` asks for; None for nothing. Raises
    ImportingError for what is no such document.
    """
    if not isinstance(document, dict) or not isinstance(document.get("paths"), dict):
        raise ImportingError("It has no paths. Name an OpenAPI or Swagger document.")
    if "openapi" not in document and "swagger" not in document:
        raise ImportingError("It says neither openapi nor swagger. Name such a document.")
    return _Cleaned(document, unchosen, title).made


class _Cleaned:
    def __init__(
        self, document: JsonObject, unchosen: Mapping[str, Any] | None, title: str
    ) -> None:
        self.made = Imported()
        self._swagger = "swagger" in document
        self._unchosen = unchosen
        self._default = document.get("security")
        components = document.get("components") or {}
        found = document.get("securityDefinitions") or components.get("securitySchemes") or {}
        self._schemes = Schemes(found, self.made, swagger=self._swagger)
        self._integrations = Integrations(self.made)
        self._used: set[str] = set()
        out = self.made.document
        out["swagger" if self._swagger else "openapi"] = "2.0" if self._swagger else "3.0.1"
        out["info"] = _info(document.get("info"), title)
        out |= self._kept(document)
        out["paths"] = {path: self._item(path, item) for path, item in self._paths(document)}
        self._put_schemes(out, components)
        self._integrations.tell()

    def _kept(self, document: JsonObject) -> Iterator[tuple[str, Any]]:
        for name, value in document.items():
            if name in _DECIDE:
                self.made.tell("kept", name)
                yield name, value
            elif name.startswith(_PREFIX):
                self.made.tell("left", f"{name}: the platform writes its own")
            elif name not in ("openapi", "swagger", "info", "paths", "security", *_ELSEWHERE):
                yield name, value

    def _paths(self, document: JsonObject) -> Iterator[tuple[str, JsonObject]]:
        for path, item in document["paths"].items():
            if isinstance(item, dict) and not path.startswith("x-"):
                yield path, item

    def _item(self, path: str, item: JsonObject) -> JsonObject:
        out: JsonObject = {}
        if "parameters" in item:
            out["parameters"] = item["parameters"]
        for method, operation in self._methods(path, item):
            if self._integrations.is_preflight(method, operation):
                continue
            out[method] = self._operation(path, method, item, operation)
        return out

    def _methods(self, path: str, item: JsonObject) -> Iterator[tuple[str, JsonObject]]:
        found = {name.lower(): value for name, value in item.items() if isinstance(value, dict)}
        for method in METHODS:
            if method in found:
                yield method, found[method]
        if (any_method := found.get(_ANY)) is not None:
            self.made.tell(
                "left", "ANY is written as each method; take out those without use", path
            )
            plain = {k: v for k, v in any_method.items() if k != "operationId"}
            yield from ((name, plain) for name in _ALL_METHODS if name not in found)

    def _operation(
        self, path: str, method: str, item: JsonObject, operation: JsonObject
    ) -> JsonObject:
        name = f"{method.upper()} {path}"
        out = {k: v for k, v in operation.items() if k != "security" and not k.startswith(_PREFIX)}
        out |= self._integrations.of(name, operation)
        if not out.get("responses"):
            out["responses"] = {"default": {"description": "What the function answers."}}
        declared = [*(item.get("parameters") or []), *(operation.get("parameters") or [])]
        if missing := list(self._undeclared(path, declared)):
            out["parameters"] = [*(out.get("parameters") or []), *missing]
        asked = self._asked(name, operation)
        if asked is not None:
            out["security"] = [asked] if asked else []
            self._used |= asked.keys()
            if not asked:
                self.made.tell("open", name)
        return out

    def _asked(self, name: str, operation: JsonObject) -> JsonObject | None:
        if str((operation.get(_AUTH) or {}).get("type", "")).upper() == "AWS_IAM":
            return {IAM: []}
        listed = operation.get("security", self._default)
        if listed is None:
            return dict(self._unchosen or {})
        if not isinstance(listed, list) or not all(isinstance(item, dict) for item in listed):
            self.made.tell("closed", "its security is no list of objects", name)
            return None
        return self._schemes.requirement(listed, name)

    def _undeclared(self, path: str, declared: list[Any]) -> Iterator[JsonObject]:
        """Parameters of the path, which API Gateway need not be told and OpenAPI must."""
        known = {p.get("name") for p in declared if isinstance(p, dict) and p.get("in") == "path"}
        for name in path_parameters(path):
            if name not in known:
                text: JsonObject = {"name": name, "in": "path", "required": True}
                yield text | ({"type": "string"} if self._swagger else {"schema": _TEXT})

    def _put_schemes(self, out: JsonObject, components: JsonObject) -> None:
        schemes = self._schemes.definitions(self._used | set(self._unchosen or ()))
        if self._swagger:
            out["securityDefinitions"] = schemes
        else:
            kept = {k: v for k, v in components.items() if k != "securitySchemes"}
            out["components"] = kept | {"securitySchemes": schemes}


_TEXT = {"type": "string"}


def _info(found: Any, title: str) -> JsonObject:
    info = dict(found) if isinstance(found, dict) else {}
    return {
        **info,
        "title": str(info.get("title") or title),
        "version": str(info.get("version", 1)),
    }
