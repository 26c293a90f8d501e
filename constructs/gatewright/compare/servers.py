"""How the addresses differ that an API, or one operation, is called at."""

from collections.abc import Iterator
from typing import Any

from gatewright.compare.canonical import exact
from gatewright.compare.context import Context
from gatewright.compare.finding import Finding
from gatewright.compare.notes import note_findings
from gatewright.compare.operations import Operation
from gatewright.compare.source import Located, Source

_PLACE = "servers"


def api_server_findings(context: Context) -> Iterator[Finding]:
    """Differences of the servers of the whole document."""
    yield from _findings(
        _servers(context.old, Located(context.old.root, "")),
        _servers(context.new, Located(context.new.root, "")),
    )


def operation_server_findings(
    context: Context, old: Operation, new: Operation
) -> Iterator[Finding]:
    """Differences of servers of its own, or of its path."""
    before = _servers(context.old, old.located) or _servers(context.old, old.item)
    after = _servers(context.new, new.located) or _servers(context.new, new.item)
    if before or after:
        yield from _findings(before or _of_the_api(context.old), after or _of_the_api(context.new))


def _of_the_api(source: Source) -> dict[str, Located]:
    """Where nothing is said, it is where the document is (OpenAPI 3.0.3, "OpenAPI Object")."""
    default = {"url": "/"}
    return _servers(source, Located(source.root, "")) or {_called(default): Located(default, "")}


def _servers(source: Source, holder: Located) -> dict[str, Located]:
    """The servers by what is called; no word on them leaves that to where the document is."""
    return {_called(server.value): server for server in source.elements(holder.child("servers"))}


def _called(server: dict[str, Any]) -> str:
    variables = server.get("variables")
    plain = {
        name: {key: value for key, value in variable.items() if key in ("enum", "default")}
        for name, variable in (variables if isinstance(variables, dict) else {}).items()
        if isinstance(variable, dict)
    }
    url = server.get("url")
    return exact([url.rstrip("/") if isinstance(url, str) else url, plain])


def _findings(old: dict[str, Located], new: dict[str, Located]) -> Iterator[Finding]:
    for called, server in old.items():
        if called not in new:
            text = f"server {server.value.get('url')} is gone"
            yield Finding("server-removed", _PLACE, text, server.pointer, "old")
    for called, server in new.items():
        if called in old:
            yield from note_findings(old[called], server, _PLACE)
            yield from _variables(old[called], server)
        else:
            text = f"server {server.value.get('url')} is new"
            yield Finding("server-added", _PLACE, text, server.pointer)


def _variables(old: Located, new: Located) -> Iterator[Finding]:
    """What the parts of an address tell people."""
    before, after = old.value.get("variables"), new.value.get("variables")
    if not isinstance(before, dict) or not isinstance(after, dict):
        return
    for name in after:
        if isinstance(after[name], dict) and isinstance(before.get(name), dict):
            place = f"{_PLACE}, {name}"
            was, now = (Located(side[name], new.pointer) for side in (before, after))
            yield from note_findings(was, now, place)
