"""The document of a resolver (OpenAPI 3.1) as a contract (OpenAPI 3.0.3)."""

from collections.abc import Iterable, Iterator, Mapping
from http import HTTPStatus

from gatewright.contract.authorizer import Authorizer
from gatewright.contract.document import METHODS, SCHEMAS, JsonObject, pointer, referenced_schemas
from gatewright.contract.openapi30 import SchemaDowngrade
from gatewright.contract.parameters import as_sent
from gatewright.contract.problems import Problem
from gatewright.contract.resolver import Declared
from gatewright.contract.security import security_schemes

_VALIDATION_ERROR = f"{SCHEMAS}HTTPValidationError"
_BODILESS = {str(HTTPStatus.NO_CONTENT.value), str(HTTPStatus.NOT_MODIFIED.value)}
_INFO = ("description", "termsOfService", "contact")


def normalise(
    declared: Declared, *, title: str, version: str, authorizers: Iterable[Authorizer] = ()
) -> tuple[JsonObject, tuple[Problem, ...]]:
    """The 3.0.3 document, and what could not be expressed in it exactly.

    Paths are sorted, so that the order of routes in the code changes nothing.
    """
    return _Normaliser(declared, security_schemes(authorizers)).document(title, version)


class _Normaliser:
    def __init__(self, declared: Declared, schemes: Mapping[str, JsonObject]) -> None:
        self._declared = declared
        self._schemes = schemes
        self._source = declared.document
        self._sources = {route.name: route.source for route in declared.routes}
        self._errors: dict[str, frozenset[int]] = {}
        for route in declared.routes:
            here = self._errors.get(route.name, frozenset())
            self._errors[route.name] = here | route.undescribed_errors
        self._problems: list[Problem] = []
        self._place = ("", "")
        self._downgrade = SchemaDowngrade(self._refuse)

    def document(self, title: str, version: str) -> tuple[JsonObject, tuple[Problem, ...]]:
        paths = {
            path: {
                method: self._operation(path, method, item[method])
                for method in METHODS
                if method in item
            }
            for path, item in sorted(self._source["paths"].items())
        }
        schemas = self._schemas(paths)
        info = {key: self._source["info"][key] for key in _INFO if key in self._source["info"]}
        components: JsonObject = {"securitySchemes": used_schemes(paths, self._schemes)}
        if schemas:
            components["schemas"] = schemas
        document: JsonObject = {
            "openapi": "3.0.3",
            "info": {"title": title, "version": version, **info},
            **{key: self._source[key] for key in ("tags", "externalDocs") if key in self._source},
            "paths": paths,
            "components": components,
        }
        return document, tuple(self._problems)

    def _operation(self, path: str, method: str, source: JsonObject) -> JsonObject:
        name = f"{method.upper()} {path}"
        self._place = (name, self._sources.get(name, ""))
        where = pointer("paths", path, method)
        operation = {key: value for key, value in source.items() if value != []}
        # A requirement for the whole document is each operation's own: one place to look.
        if "security" not in operation and "security" in self._source:
            operation["security"] = self._source["security"]
        if "parameters" in operation:
            at = where + pointer("parameters")
            operation["parameters"] = list(self._parameters(operation["parameters"], at))
        if "requestBody" in operation:
            operation["requestBody"] = self._content(
                operation["requestBody"], where + pointer("requestBody")
            )
        operation["responses"] = self._responses(operation, where + pointer("responses"))
        return operation

    def _parameters(self, parameters: list[JsonObject], where: str) -> Iterator[JsonObject]:
        for index, parameter in enumerate(parameters):
            at = where + pointer(index, "schema")
            schema = self._downgrade.schema(parameter["schema"], at, parameter["name"])
            yield as_sent(parameter, schema)

    def _responses(self, operation: JsonObject, where: str) -> JsonObject:
        out = {}
        for status, response in sorted(operation["responses"].items()):
            if _is_validation_error(response) and not self._keeps_validation_error(operation):
                continue
            response = self._content(response, where + pointer(status))
            if str(status) in _BODILESS or int(status) in self._undescribed():
                # RFC 9110: the first have no content, whatever the function is said to return. An
                # error without one gets the function's from Powertools, which it never sends.
                response.pop("content", None)
            out[str(status)] = response
        return out

    def _undescribed(self) -> frozenset[int]:
        return self._errors.get(self._place[0], frozenset())

    def _keeps_validation_error(self, operation: JsonObject) -> bool:
        """Powertools promises a 422 everywhere; it happens only where there is input, and not
        if the resolver answers 400, which the public document adds."""
        return self._declared.validation_status == HTTPStatus.UNPROCESSABLE_ENTITY and (
            "parameters" in operation or "requestBody" in operation
        )

    def _content(self, holder: JsonObject, where: str) -> JsonObject:
        """A body or response whose media types and headers have 3.0.3 schemas."""
        out = dict(holder)
        for part in ("content", "headers"):
            if part in holder:
                out[part] = {
                    name: self._with_schema(item, where + pointer(part, name))
                    for name, item in holder[part].items()
                }
        return out

    def _with_schema(self, holder: JsonObject, where: str) -> JsonObject:
        if "schema" not in holder:
            return holder
        schema = self._downgrade.schema(holder["schema"], where + pointer("schema"))
        return {**holder, "schema": schema}

    def _schemas(self, paths: JsonObject) -> JsonObject:
        schemas: JsonObject = self._source.get("components", {}).get("schemas", {})
        out = {}
        for name in sorted(referenced_schemas(paths, schemas)):
            self._place = (f"schema {name}", "")
            where = pointer("components", "schemas", name)
            out[name] = self._downgrade.schema(schemas[name], where, name)
        return out

    def _refuse(self, where: str, reason: str, remedy: str) -> None:
        operation, source = self._place
        self._problems.append(Problem(operation, reason, remedy, where, source))


def _is_validation_error(response: JsonObject) -> bool:
    schemas = [media.get("schema") for media in response.get("content", {}).values()]
    return schemas == [{"$ref": _VALIDATION_ERROR}]


def used_schemes(paths: JsonObject, schemes: Mapping[str, JsonObject]) -> JsonObject:
    """Those of ``schemes`` that an operation of the Paths Object asks for."""
    used = {
        scheme
        for item in paths.values()
        for operation in item.values()
        for requirement in operation.get("security", [])
        for scheme in requirement
    }
    return {name: scheme for name, scheme in schemes.items() if name in used}
