"""Checks of what a version streams."""

from collections.abc import Iterator

from gatewright.config.document import Document, Value
from gatewright.config.plain import get, mapping, names
from gatewright.config.problems import Path, Problem


def stream_problems(document: Document) -> Iterator[Problem]:
    """Yield a problem for each generator in another bundle, and for what is cached as well."""
    for service, section in mapping(document.value, "services").items():
        for version, fields in mapping(section, "versions").items():
            path = ("services", service, "versions", version, "streams")
            streams = get(fields, "streams")
            yield from _handler_is_beside_the_routes(document, path, fields, streams)
            yield from _nothing_is_cached_as_well(document, path, fields, streams)


def _handler_is_beside_the_routes(
    document: Document, path: Path, version: Value, streams: Value
) -> Iterator[Problem]:
    handler, answers = get(streams, "handler"), get(version, "routes") or get(version, "handler")
    if not isinstance(handler, str) or not isinstance(answers, str) or "." not in handler:
        return
    folder = answers.partition(".")[0]
    if handler.partition(".")[0] != folder:
        found = f"{handler!r}, in another folder than what answers other operations"
        remedy = f"move it to lambda_src/{folder}: one folder is bundled"
        yield document.problem((*path, "handler"), found, f"a function below {folder}", remedy)


def _nothing_is_cached_as_well(
    document: Document, path: Path, version: Value, streams: Value
) -> Iterator[Problem]:
    cached = mapping(get(version, "cache"), "operations")
    for index, name in names(streams, "operations"):
        if name in cached:
            yield document.problem(
                (*path, "operations", index),
                f"{name!r}, which is cached as well",
                "operations that are not cached: API Gateway keeps no answer that it streams",
                "take it out of one of them",
            )
