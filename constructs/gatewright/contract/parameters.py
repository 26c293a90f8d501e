"""A parameter as it is sent, from a parameter as Python has it, and whether the gateway looks."""

import re

from gatewright.contract.document import JsonObject

# AWS: "Set up basic request validation": these three are what a method's validator looks at.
_LOCATIONS = ("header", "path", "query")

# AWS says it in an error alone: "Parameter name should match the following regular expression".
_NAME = re.compile(r"[a-zA-Z0-9:._$-]+")


def unseen_by_gateway(parameter: JsonObject) -> str:
    """Why API Gateway cannot know of a parameter; empty where it can."""
    if parameter["in"] not in _LOCATIONS:
        return f"API Gateway has no {parameter['in']} parameters"
    if not _NAME.fullmatch(parameter["name"]):
        return "API Gateway names parameters by letters, digits and : . _ $ -"
    return ""


def is_never_blank(parameter: JsonObject) -> bool:
    """Whether API Gateway refuses the parameter without a value.

    AWS, "Request validation for REST APIs": what is required is "included and not blank". A blank
    part of a path leads to no route.
    """
    named = parameter["in"] in ("query", "header") and not unseen_by_gateway(parameter)
    return named and bool(parameter.get("required"))


def as_sent(parameter: JsonObject, schema: JsonObject) -> JsonObject:
    """The Parameter Object of OpenAPI 3.0.3, given the 3.0.3 form of its schema.

    - An optional ``str | None`` is left out of a request, never sent as null.
    - Powertools has header names in lower case, and in the title as they were written.
    - What the schema only repeats of the parameter's description is dropped.
    """
    schema = _without_null(schema)
    if schema.get("description") == parameter.get("description"):
        schema.pop("description", None)
    name, title = parameter["name"], parameter["schema"].get("title", "")
    if parameter["in"] == "header" and title.lower() == name:
        name = title
    return {**parameter, "name": name, "schema": schema}


def _without_null(schema: JsonObject) -> JsonObject:
    out = {key: value for key, value in schema.items() if key != "nullable"}
    if "enum" in out:
        out["enum"] = [value for value in out["enum"] if value is not None]
    for key in ("anyOf", "oneOf"):
        if key in out:
            out[key] = [
                _without_null(choice) for choice in out[key] if choice.get("enum") != [None]
            ]
    return out
