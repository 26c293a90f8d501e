"""Reads parameters by their style, and checks them. OpenAPI 3.0.3, Parameter Object, style."""

from http.cookies import SimpleCookie
from typing import Any

from described.readings import reading, readings
from described.schemas import Schemas

_SEPARATORS = {"form": ",", "simple": ",", "spaceDelimited": " ", "pipeDelimited": "|"}
_STYLES = {"query": "form", "cookie": "form", "path": "simple", "header": "simple"}


def parameter_problem(parameter: dict[str, Any], event: dict[str, Any], schemas: Schemas) -> str:
    """Why the request's parameter is not as the contract says; empty if it is."""
    name, schema = parameter["name"], parameter["schema"]
    kind = schemas.resolved(schema).get("type")
    sent = _sent(parameter, event)
    if kind == "object":
        found = _object(parameter, event, schemas)
        problem = schemas.problem(found, schema) if found or parameter.get("required") else ""
    elif not sent:
        problem = "it is required" if parameter.get("required") else ""
    elif kind == "array":
        problem = schemas.problem(_list(parameter, sent, schemas), schema)
    else:
        problem = _of_text(sent[-1], schema, schemas)
    return f"{name} in {parameter['in']}: {problem}" if problem else ""


def _of_text(text: str, schema: Any, schemas: Schemas) -> str:
    problems = [schemas.problem(value, schema) for value in readings(text)]
    return "" if "" in problems else problems[-1]


def _style(parameter: dict[str, Any]) -> tuple[str, bool]:
    style = parameter.get("style") or _STYLES[parameter["in"]]
    return style, bool(parameter.get("explode", style == "form"))


def _sent(parameter: dict[str, Any], event: dict[str, Any]) -> list[str]:
    return _values(parameter["in"], event).get(_key(parameter["in"], parameter["name"]), [])


def _key(place: str, name: str) -> str:
    return name.lower() if place == "header" else name


def _values(place: str, event: dict[str, Any]) -> dict[str, list[str]]:
    if place == "query":
        return event.get("multiValueQueryStringParameters") or {}
    if place == "path":
        return {name: [text] for name, text in (event.get("pathParameters") or {}).items()}
    headers = {k.lower(): v for k, v in (event.get("multiValueHeaders") or {}).items()}
    if place == "header":
        return headers
    cookies = SimpleCookie("; ".join(headers.get("cookie", [])))
    return {name: [morsel.value] for name, morsel in cookies.items()}


def _list(parameter: dict[str, Any], sent: list[str], schemas: Schemas) -> list[Any]:
    style, explode = _style(parameter)
    items = schemas.resolved(parameter["schema"]).get("items", {})
    if parameter["in"] == "query" and style == "form" and explode:
        texts = sent
    else:
        texts = sent[-1].split(_SEPARATORS[style])
    return [reading(text, items, schemas) for text in texts]


def _object(parameter: dict[str, Any], event: dict[str, Any], schemas: Schemas) -> dict[str, Any]:
    style, explode = _style(parameter)
    schema = schemas.resolved(parameter["schema"])
    properties = schema.get("properties", {})
    values, name = _values(parameter["in"], event), parameter["name"]
    if style == "deepObject":
        texts = {
            key[len(name) + 1 : -1]: sent[-1]
            for key, sent in values.items()
            if key.startswith(f"{name}[") and key.endswith("]")
        }
    elif style == "form" and explode:
        texts = {key: values[key][-1] for key in properties if key in values}
    else:
        parts = (_sent(parameter, event) or [""])[-1].split(_SEPARATORS[style])
        if explode:
            texts = dict(part.split("=", 1) for part in parts if "=" in part)
        else:
            texts = dict(zip(parts[::2], parts[1::2], strict=False))
    return {key: reading(text, properties.get(key, {}), schemas) for key, text in texts.items()}
