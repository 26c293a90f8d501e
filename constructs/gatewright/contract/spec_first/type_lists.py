"""Several types for one value, as OpenAPI 3.1 has them, in the words of 3.0.3."""

from gatewright.contract.document import JsonObject


def one_type(schema: JsonObject) -> JsonObject:
    """``schema`` without a list of types.

    ``[string, null]`` is a nullable string: all other keywords, an enum among them, go on to hold
    for null (OpenAPI 3.0.3, Schema Object, nullable). Several types are alternatives.
    """
    kinds = schema.get("type")
    if not isinstance(kinds, list):
        return schema
    rest = {name: value for name, value in schema.items() if name != "type"}
    others = [kind for kind in dict.fromkeys(kinds) if kind != "null"]
    if not others:
        return {**rest, "type": "null"}
    if "null" in kinds:
        rest["nullable"] = True
    if len(others) == 1:
        return {**rest, "type": others[0]}
    nullable = {"nullable": rest.pop("nullable")} if "nullable" in rest else {}
    choices: list[JsonObject] = [{"type": kind} for kind in others]
    choices[0] |= nullable
    if "anyOf" not in rest:
        return {**rest, "anyOf": choices}
    return {**rest, "allOf": [*rest.get("allOf", []), {"anyOf": choices}]}
