"""Compares two OpenAPI documents."""

from collections.abc import Iterator
from typing import Any

from gatewright.compare.bodies import body_findings
from gatewright.compare.callbacks import callback_findings, webhook_findings
from gatewright.compare.canonical import exact
from gatewright.compare.change import Change, CompareError
from gatewright.compare.context import Context
from gatewright.compare.finding import Finding
from gatewright.compare.notes import note_findings
from gatewright.compare.operations import Operation, match, operations_of
from gatewright.compare.parameters import parameter_findings
from gatewright.compare.responses import response_findings
from gatewright.compare.scheme_notes import scheme_note_findings
from gatewright.compare.security import security_findings
from gatewright.compare.servers import api_server_findings, operation_server_findings
from gatewright.compare.unfollowed import unfollowed_of_an_operation, unfollowed_of_the_api
from gatewright.contract.document import JsonObject

_ORDER = ("breaking", "compatible", "documentation")


def compare(old: JsonObject, new: JsonObject) -> tuple[Change, ...]:
    """What is different in ``new``, breaking changes first, each in the order of the document.

    Both are OpenAPI 3.0 or 3.1, and may be of different ones. ``info.version`` is no difference: it
    follows from them. Raises CompareError for what cannot be compared at all.
    """
    try:
        # Also with references that nobody can follow, which have to count as changed otherwise.
        if exact(_unversioned(old)) == exact(_unversioned(new)):
            return ()
        changes = list(dict.fromkeys(_changes(Context(old, new))))
    except RecursionError as error:
        raise CompareError(
            "the documents are nested too deeply to be compared: put inner schemas into "
            "components, and refer to them"
        ) from error
    return tuple(sorted(changes, key=lambda change: _ORDER.index(change.verdict)))


def _unversioned(document: Any) -> Any:
    info = document.get("info") if isinstance(document, dict) else None
    return {**document, "info": {**info, "version": ""}} if isinstance(info, dict) else document


def _changes(context: Context) -> Iterator[Change]:
    for finding in _of_the_api(context):
        yield finding.of("", "")
    old, new = operations_of(context.old), operations_of(context.new)
    matched = match(old, new)
    positions = {id(operation): index for index, operation in enumerate(new)}
    for one, other in sorted(
        matched.pairs + matched.moved, key=lambda pair: positions[id(pair[1])]
    ):
        if (one, other) in matched.moved:
            yield _moved(one, other).of(other.name, other.operation_id)
        for finding in _of_an_operation(context, one, other):
            yield finding.of(other.name, other.operation_id)
    for one in matched.removed:
        finding = Finding(
            "operation-removed", "", f"{one.name} is gone", one.located.pointer, "old"
        )
        yield finding.of(one.name, one.operation_id)
    for other in matched.added:
        finding = Finding("operation-added", "", f"{other.name} is new", other.located.pointer)
        yield finding.of(other.name, other.operation_id)


def _of_the_api(context: Context) -> Iterator[Finding]:
    yield from unfollowed_of_the_api(context)
    yield from api_server_findings(context)
    yield from scheme_note_findings(context)
    yield from webhook_findings(context)
    yield from note_findings(context.old.at("info"), context.new.at("info"), "")
    yield from note_findings(context.old.at(), context.new.at(), "")


def _of_an_operation(context: Context, old: Operation, new: Operation) -> Iterator[Finding]:
    # Credentials and addresses may come from the document, so that they differ where nothing in
    # the operation does.
    yield from security_findings(context, old, new)
    yield from operation_server_findings(context, old, new)
    yield from unfollowed_of_an_operation(context, old, new)
    yield from note_findings(old.item, new.item, f"path {new.path}")
    if context.unchanged.same(old.located.value, new.located.value) and (
        context.unchanged.same(old.item.value.get("parameters"), new.item.value.get("parameters"))
        and old.path == new.path
    ):
        return
    yield from _identity(old, new)
    yield from parameter_findings(context, old, new)
    yield from body_findings(context, old, new)
    yield from response_findings(context, old, new)
    yield from callback_findings(context, old, new)
    yield from note_findings(old.located, new.located, "")


def _identity(old: Operation, new: Operation) -> Iterator[Finding]:
    before, after = old.operation_id, new.operation_id
    at = new.located.pointer
    if before and before != after:
        text = f"operationId {before} became {after}" if after else f"operationId {before} is gone"
        yield Finding("operation-id-changed", "", text, at)
    elif after and not before:
        yield Finding("operation-id-added", "", f"operationId {after} is new", at)
    was, now = (item.located.value.get("deprecated") is True for item in (old, new))
    if was != now:
        kind = "operation-deprecated" if now else "operation-no-longer-deprecated"
        yield Finding(kind, "", f"it is {'' if now else 'no longer '}deprecated", at)


def _moved(old: Operation, new: Operation) -> Finding:
    return Finding("operation-moved", "", f"{old.name} became {new.name}", new.located.pointer)
