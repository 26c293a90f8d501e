"""Differences in what security schemes tell people."""

from collections.abc import Iterator, Mapping
from typing import Any

from gatewright.compare.canonical import exact, listed
from gatewright.compare.context import Context
from gatewright.compare.finding import Finding
from gatewright.compare.security_schemes import AUTHTYPE

_SCOPES = "scopes of "


def scheme_note_findings(context: Context) -> Iterator[Finding]:
    """Descriptions, the format of a token, scopes that are offered, and extensions."""
    place = ("components", "securitySchemes")
    old = dict(context.old.items(context.old.at(*place)))
    for name, new in context.new.items(context.new.at(*place)):
        if name in old:
            before, after = _words(old[name].value), _words(new.value)
            keys = [
                key
                for key in dict.fromkeys([*before, *after])
                if exact(before.get(key)) != exact(after.get(key))
                and (key in before.keys() & after.keys() or not key.startswith(_SCOPES))
            ]
            if keys:
                text = f"{listed(keys)} changed"
                yield Finding("documentation-changed", f"security scheme {name}", text, new.pointer)


def _words(scheme: Mapping[str, Any]) -> dict[str, Any]:
    found = {
        key: value
        for key, value in scheme.items()
        if key in ("description", "bearerFormat") or (key[:2] == "x-" and key != AUTHTYPE)
    }
    flows = scheme.get("flows")
    for name, flow in flows.items() if isinstance(flows, dict) else ():
        found[f"{_SCOPES}{name}"] = flow.get("scopes") if isinstance(flow, dict) else None
    return found
