"""The call that a README shows: one that works, with the least to fill in."""

from dataclasses import dataclass
from typing import Any

from gatewright.contract.document import JsonObject
from gatewright.sdk.client_names import ClientNames
from gatewright.sdk.document import ApiDocument
from gatewright.sdk.naming import pascal

_SAFE = ("GET", "HEAD")  # RFC 9110, 9.2.1


@dataclass(frozen=True)
class Argument:
    """A parameter of a call, as the client calls it. ``value`` is None for one that may be left
    out, and is."""

    name: str
    required: bool
    value: Any


@dataclass(frozen=True, kw_only=True)
class ReadmeCall:
    """An operation, its arguments in the generators' order, and the schemes that it asks for.

    ``name`` is what the client calls the operation. ``answers`` says whether a success has a body,
    and ``model`` is the schema component of that, if it is one.
    """

    name: str
    api_class: str
    method: str
    path: str
    arguments: tuple[Argument, ...]
    schemes: tuple[str, ...]
    answers: bool
    model: str

    @property
    def given(self) -> tuple[Argument, ...]:
        """The arguments that have to be given."""
        return tuple(one for one in self.arguments if one.required)


def readme_call(document: ApiDocument, client: ClientNames) -> ReadmeCall | None:
    """The operation to show: without a body, and safe if one is; with credentials rather than not;
    the one with the fewest required parameters, the first of several. None without any."""
    calls = [
        (method not in _SAFE, not call.schemes, len(call.given), position, call)
        for position, (path, method, operation) in enumerate(document.operations())
        if "requestBody" not in operation
        for call in [_call(document, client, path, method, operation)]
        if call.name
    ]
    return min(calls, key=lambda one: one[:4])[4] if calls else None


def _call(
    document: ApiDocument, client: ClientNames, path: str, method: str, operation: JsonObject
) -> ReadmeCall:
    shared = document.content["paths"][path].get("parameters", ())
    arguments = [
        _argument(parameter, client.parameter(method, path, parameter["name"]))
        for given in (*shared, *operation.get("parameters", ()))
        for parameter in [document.resolved(given)]
    ]
    tag = (operation.get("tags") or [document.service])[0]
    security = operation.get("security", document.content.get("security", []))
    schema = _success_schema(operation)
    return ReadmeCall(
        name=client.method(method, path, str(operation.get("operationId", ""))),
        api_class=f"{pascal(tag)}Api",
        method=method,
        path=path,
        arguments=tuple(sorted(arguments, key=lambda argument: not argument.required)),
        schemes=tuple(security[0]) if security else (),
        answers=schema is not None,
        model=str((schema or {}).get("$ref", "")).rpartition("/")[2],
    )


def _success_schema(operation: JsonObject) -> JsonObject | None:
    for status, response in operation.get("responses", {}).items():
        if status.startswith("2"):
            for content in response.get("content", {}).values():
                found: JsonObject = content.get("schema", {})
                return found
    return None


def _argument(parameter: JsonObject, name: str) -> Argument:
    required = bool(parameter.get("required"))
    return Argument(name, required, _value(parameter) if required else None)


def _value(parameter: JsonObject) -> Any:
    """A value that the document gives, or else one that its schema allows, patterns aside."""
    schema = parameter.get("schema", {})
    for holder, key in ((parameter, "example"), (schema, "example"), (schema, "default")):
        if key in holder:
            return holder[key]
    for example in parameter.get("examples", {}).values():
        return example.get("value")
    if schema.get("enum"):
        return schema["enum"][0]
    if schema.get("type") in ("integer", "number"):
        return schema.get("minimum", 1)
    return True if schema.get("type") == "boolean" else parameter["name"]
