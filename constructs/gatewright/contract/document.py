"""The plain values that an OpenAPI document is made of, and how to point into them."""

from typing import Any

JsonObject = dict[str, Any]

SCHEMAS = "#/components/schemas/"
METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")


def pointer(*parts: object) -> str:
    """A JSON pointer (RFC 6901) to ``parts``: ``/paths/~1foods/get``."""
    return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in parts)


def resolve(document: JsonObject, place: str) -> Any:
    """The value at the JSON pointer ``place``. Raises LookupError when there is none."""
    value: Any = document
    for part in place.split("/")[1:]:
        name = part.replace("~1", "/").replace("~0", "~")
        value = value[int(name)] if isinstance(value, list) else value[name]
    return value


def schema_name(reference: str) -> str:
    """The name in a reference to a schema component. Raises ValueError for another place."""
    if not reference.startswith(SCHEMAS):
        raise ValueError(f"{reference} does not lead to {SCHEMAS}")
    return reference.removeprefix(SCHEMAS)


def referenced_schemas(value: Any, schemas: JsonObject) -> set[str]:
    """The names of the schema components that ``value`` reaches, however indirectly."""
    reached: set[str] = set()
    waiting = [value]
    while waiting:
        for name in _direct_references(waiting.pop()) - reached:
            reached.add(name)
            waiting.append(schemas.get(name))
    return reached


def _direct_references(value: Any) -> set[str]:
    if isinstance(value, list):
        return {name for item in value for name in _direct_references(item)}
    if not isinstance(value, dict):
        return set()
    found = {name for item in value.values() for name in _direct_references(item)}
    reference = value.get("$ref")
    # A property may be called $ref, and is then a schema and no text.
    if isinstance(reference, str) and reference.startswith(SCHEMAS):
        found.add(schema_name(reference))
    return found
