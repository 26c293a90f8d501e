"""How the calls differ that an API makes to its callers: callbacks, and webhooks of 3.1.

They are judged as a whole. A receiver is to them what a server is to the other operations.
"""

from collections.abc import Iterator

from gatewright.compare.context import Context
from gatewright.compare.finding import Finding
from gatewright.compare.notes import without_words
from gatewright.compare.operations import Operation
from gatewright.compare.source import Located


def callback_findings(context: Context, old: Operation, new: Operation) -> Iterator[Finding]:
    """Callbacks of an operation."""
    yield from _findings(
        context, old.located.child("callbacks"), new.located.child("callbacks"), "callback"
    )


def webhook_findings(context: Context) -> Iterator[Finding]:
    """Webhooks of an API (OpenAPI 3.1.0, "OpenAPI Object")."""
    yield from _findings(context, context.old.at("webhooks"), context.new.at("webhooks"), "webhook")


def _findings(context: Context, old: Located, new: Located, noun: str) -> Iterator[Finding]:
    before, after = context.old.mapping(old), context.new.mapping(new)
    for name in before.value:
        place = f"{noun} {name}"
        if name not in after.value:
            pointer = before.child(name).pointer
            yield Finding("callback-changed", place, f"{place} is gone", pointer, "old")
        elif not context.unchanged.same(before.value[name], after.value[name]):
            pointer = after.child(name).pointer
            plain = [
                without_words(side.value[name], named=noun == "callback")
                for side in (before, after)
            ]
            is_told = context.unchanged.same(*plain)
            kind = "documentation-changed" if is_told else "callback-changed"
            text = f"words of {place} changed" if is_told else f"{place} changed"
            yield Finding(kind, place, text, pointer)
    for name in after.value:
        if name not in before.value:
            pointer = after.child(name).pointer
            yield Finding("callback-added", f"{noun} {name}", f"{noun} {name} is new", pointer)
