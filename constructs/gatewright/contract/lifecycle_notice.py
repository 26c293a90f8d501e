"""What the public document tells of a version that is on its way out."""

from gatewright.contract.document import METHODS, JsonObject
from gatewright.contract.lifecycle import Lifecycle, lifecycle_headers

LIFECYCLE = "x-gatewright-lifecycle"
"""Marks headers that tell of the version, and not of the answer: to programs they are words."""

# A contract may have headers of these names itself.
_PREFIX = "Lifecycle"
_DESCRIPTIONS = {
    "Deprecation": "Since when the version is deprecated: seconds since 1970 after @ (RFC 9745).",
    "Sunset": "From when on the version may answer no more (RFC 8594).",
    "Link": "Where to read about it, and the version that takes its place (RFC 8288).",
}


def tell_lifecycle(document: JsonObject, lifecycle: Lifecycle) -> None:
    """Add a notice, ``deprecated`` on each operation, and the headers of each answer."""
    if lifecycle.deprecated is None:
        return
    info = document["info"]
    info["description"] = "\n\n".join(filter(None, (_notice(lifecycle), info.get("description"))))
    # Where there is no link, the address of a successor is known at deployment.
    names = {*lifecycle_headers(lifecycle), *(["Link"] if lifecycle.successor else [])}
    headers = {
        name: {"description": text, "schema": {"type": "string"}, LIFECYCLE: True}
        for name, text in _DESCRIPTIONS.items()
        if name in names
    }
    components = document.setdefault("components", {}).setdefault("headers", {})
    components |= {f"{_PREFIX}{name}": header for name, header in headers.items()}
    references = {name: {"$ref": f"#/components/headers/{_PREFIX}{name}"} for name in headers}
    for item in document["paths"].values():
        for method in METHODS:
            if method in item:
                item[method]["deprecated"] = True
                _add_headers(item[method]["responses"], references)


def _add_headers(responses: JsonObject, headers: JsonObject) -> None:
    for response in responses.values():
        # An answer that documents one of them itself says more about it.
        response["headers"] = {**headers, **response.get("headers", {})}


def _notice(lifecycle: Lifecycle) -> str:
    sentences = [f"**Deprecated since {lifecycle.deprecated}.**"]
    if lifecycle.sunset:
        sentences.append(f"It may answer no more from {lifecycle.sunset} on.")
    if lifecycle.successor:
        sentences.append(f"Use {lifecycle.successor} in its place.")
    if lifecycle.link:
        sentences.append(f"See <{lifecycle.link}>.")
    return " ".join(sentences)
