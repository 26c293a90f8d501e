"""Security schemes, as what a caller does to meet them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from gatewright.compare.canonical import exact
from gatewright.compare.source import Source

_FOR_PEOPLE = ("description", "bearerFormat", "scopes")
AUTHTYPE = "x-amazon-apigateway-authtype"
"""How API Gateway checks what is sent."""


@dataclass(frozen=True)
class Scheme:
    """One scheme. ``what`` is what it is without words for people, and ``flows`` where tokens of
    OAuth 2 come from, by the name of the flow."""

    name: str
    pointer: str
    told: str
    what: str
    flows: Mapping[str, str] = field(default_factory=dict)

    def serves(self, other: "Scheme") -> bool:
        """Whether who can meet this one can meet the other: each flow still leads to a token."""
        return self.what == other.what and all(
            other.flows.get(flow) == text for flow, text in self.flows.items()
        )

    def is_called_like(self, other: "Scheme") -> bool:
        """Whether it is the other, or has become it."""
        return self.name == other.name or (self.what == other.what and self.flows == other.flows)


def scheme_of(source: Source, name: str) -> Scheme:
    """The scheme that a requirement names. One that is nowhere is known by its name alone."""
    holder = source.at("components", "securitySchemes").child(name)
    located = source.mapping(source.follow(holder))
    if not located.value:
        return Scheme(name, holder.pointer, name, exact({"name": name}))
    flows = located.value.get("flows")
    what = {
        key: value.lower() if key in ("scheme", "in") and isinstance(value, str) else value
        for key, value in located.value.items()
        if key not in (*_FOR_PEOPLE, "flows") and not key.startswith("x-")
    }
    if what.get("in") == "header" and isinstance(what.get("name"), str):
        what["name"] = what["name"].lower()  # RFC 9110, section 5.1
    if str(located.value.get(AUTHTYPE)).lower() == "awssigv4":
        # To its callers this is no key but a signature, unlike the other authtypes, which say how
        # API Gateway checks what is sent (API Gateway, "x-amazon-apigateway-authtype property").
        what["signature"] = "awsSigv4"
    return Scheme(
        name=name,
        pointer=located.pointer,
        told=f"{name} ({_told(what)})",
        what=exact(what),
        flows={flow: _flow(text) for flow, text in flows.items()}
        if isinstance(flows, dict)
        else {},
    )


def _told(what: Mapping[str, Any]) -> str:
    keys = ("type", "scheme", "in", "name", "signature", "openIdConnectUrl")
    return " ".join(str(what[key]) for key in keys if key in what)


def _flow(flow: Any) -> str:
    """Where tokens come from; the scopes that operations need are told by them."""
    if not isinstance(flow, dict):
        return exact(flow)
    return exact({key: value for key, value in flow.items() if key not in _FOR_PEOPLE})
