"""The call that a README shows: one that works, with the least to fill in."""

from dataclasses import dataclass
from typing import Any

from gatewright.contract.document import JsonObject
from gatewright.sdk.document import ApiDocument
from gatewright.sdk.naming import pascal

_SAFE = ("GET", "HEAD")  # RFC 9110, 9.2.1


@dataclass(frozen=True)
class Argument:
    """A parameter of a call. ``value`` is None for one that may be left out, and is."""

    name: str
    required: bool
    value: Any


@dataclass(frozen=True, kw_only=True)
class ReadmeCall:
    """An operation, its arguments in the generators' order, and the schemes that it asks for.

    ``operation_id`` is as in the document. ``answers`` says whether a success has a body, and
    ``model`` is the schema component of that, if it is one.
    """

    operation_id: str
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


def readme_call(document: ApiDocument) -> ReadmeCall | None:
    """The operation to show: without a body, and safe if one is; with credentials rather than not;
    the one with the fewest required parameters, the first of several. None without any."""
    calls = [
        (method not in _SAFE, not call.schemes, len(call.given), position, call)
        for position, (path, method, operation) in enumerate(document.operations())
        if "requestBody" not in operation and operation.get("operationId")
        for call in [_call(document, path, method, operation)]
    ]
    return min(calls, key=lambda one: one[:4])[4] if calls else None


def _call(document: ApiDocument, path: str, method: str, operation: JsonObject) -> ReadmeCall:
    arguments = [_argument(parameter) for parameter in operation.get("parameters", ())]
    tag = (operation.get("tags") or [document.service])[0]
    security = operation.get("security", document.content.get("security", []))
    schema = _success_schema(operation)
    return ReadmeCall(
        operation_id=operation["operationId"],
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


def _argument(parameter: JsonObject) -> Argument:
    required = bool(parameter.get("required"))
    return Argument(parameter["name"], required, _value(parameter) if required else None)


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
