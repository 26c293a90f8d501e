"""How the values of parameters and headers are written."""

from typing import Any

# OpenAPI 3.0.3, "Parameter Object", "style".
_STYLES = {"query": "form", "cookie": "form", "path": "simple", "header": "simple"}


def serialization(holder: Any, where: str) -> tuple[object, ...]:
    """How a parameter or header is written, with the defaults of OpenAPI."""
    style = holder.get("style", _STYLES.get(where))
    content = holder.get("content")
    return (
        style,
        holder.get("explode", style == "form"),
        holder.get("allowReserved", False),
        sorted(content) if isinstance(content, dict) else None,
    )
