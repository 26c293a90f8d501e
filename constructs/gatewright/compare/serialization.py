"""How the values of parameters and headers are written."""

from typing import Any

from gatewright.compare.source import Located, Source

# OpenAPI 3.0.3, "Parameter Object", "style".
_STYLES = {"query": "form", "cookie": "form", "path": "simple", "header": "simple"}

_SCALARS = ("string", "number", "integer", "boolean")


def serialization(holder: Any, where: str, *, of_scalars: bool) -> tuple[object, ...]:
    """How a parameter or header is written, with the defaults of OpenAPI.

    ``explode`` says nothing of scalars ("For other types of parameters this property has no
    effect", OpenAPI 3.0.3, "Parameter Object").
    """
    style = holder.get("style", _STYLES.get(where))
    content = holder.get("content")
    return (
        style,
        of_scalars or holder.get("explode", style == "form"),
        holder.get("allowReserved", False),
        sorted(content) if isinstance(content, dict) else None,
    )


def is_scalar(source: Source, holder: Located) -> bool:
    """Whether the schema of a parameter or header has neither items nor properties."""
    schema = source.follow(holder.child("schema")).value
    return isinstance(schema, dict) and schema.get("type") in _SCALARS
