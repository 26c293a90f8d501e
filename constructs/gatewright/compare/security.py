"""How what callers have to show differs.

A caller that was let in must still be: each of the old alternatives has to do for a new one, which
asks for no more. Schemes are compared by what they are, and not by their names.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from gatewright.compare.canonical import exact
from gatewright.compare.context import Context
from gatewright.compare.finding import Finding
from gatewright.compare.operations import Operation
from gatewright.compare.security_schemes import Scheme, scheme_of
from gatewright.compare.source import Located, Source

_PLACE = "security"


@dataclass(frozen=True)
class _Needed:
    """One scheme of an alternative, with the scopes that a token needs."""

    scheme: Scheme
    scopes: frozenset[str]

    def told(self) -> str:
        scopes = f" ({', '.join(sorted(self.scopes))})" if self.scopes else ""
        return self.scheme.name + scopes


_Alternative = tuple[_Needed, ...]


def security_findings(context: Context, old: Operation, new: Operation) -> Iterator[Finding]:
    """Alternatives, schemes and scopes that came or went."""
    before, holder = _alternatives(context.old, old)
    after, new_holder = _alternatives(context.new, new)
    gone = [one for one in before if not any(_serves(one, other) for other in after)]
    come = [other for other in after if not any(_same(one, other) for one in before)]
    if () in before and () not in after:
        text = f"it needs {_or(after)}"
        yield Finding("security-added", _PLACE, text, new_holder.pointer)
        return
    if () in after and () not in before:
        text = f"it needs no {_or(before)} any more"
        yield Finding("security-removed", _PLACE, text, new_holder.pointer)
        return
    for one in gone:
        closest = max(come, key=lambda other: _likeness(one, other), default=None)
        if closest is None or (len(before) > 1 and not _likeness(one, closest)):
            text = f"{_and(one)} will not do any more"
            yield Finding("security-alternative-removed", _PLACE, text, holder.pointer, "old")
        else:
            come = [other for other in come if other is not closest]
            yield from _demands(one, closest, new_holder.pointer)
    for other in come:
        yield from _looser(before, other, new_holder.pointer)


def _looser(before: list[_Alternative], other: _Alternative, pointer: str) -> Iterator[Finding]:
    """What an alternative lets in that was not."""
    wider = next((one for one in before if _serves(one, other)), None)
    if wider is None:
        text = f"{_and(other)} will do"
        yield Finding("security-alternative-added", _PLACE, text, pointer)
    else:
        yield from _demands(wider, other, pointer)


def _demands(one: _Alternative, other: _Alternative, pointer: str) -> Iterator[Finding]:
    """The schemes and scopes that two alternatives do not have in common."""
    gone, come = list(one), list(other)
    for was in one:
        now = next((item for item in come if was.scheme.is_called_like(item.scheme)), None)
        if now is None:
            continue
        gone.remove(was)
        come.remove(now)
        if not was.scheme.serves(now.scheme):
            text = f"{was.scheme.told} became {now.scheme.told}"
            yield Finding("security-scheme-changed", _PLACE, text, now.scheme.pointer)
        elif not now.scheme.serves(was.scheme):
            text = f"{now.scheme.name} has another flow"
            yield Finding("security-flow-added", _PLACE, text, now.scheme.pointer)
        for scope in sorted(now.scopes - was.scopes):
            yield Finding("security-scope-added", _PLACE, f"scope {scope} is needed", pointer)
        for scope in sorted(was.scopes - now.scopes):
            yield Finding("security-scope-removed", _PLACE, f"scope {scope} is not needed", pointer)
    if gone and come:
        text = f"{_and(tuple(gone))} became {_and(tuple(come))}"
        yield Finding("security-scheme-changed", _PLACE, text, pointer)
        return
    for item in come:
        yield Finding("security-scheme-added", _PLACE, f"{item.told()} is needed besides", pointer)
    for item in gone:
        text = f"{item.told()} is not needed any more"
        yield Finding("security-scheme-removed", _PLACE, text, pointer)


def _alternatives(source: Source, operation: Operation) -> tuple[list[_Alternative], Located]:
    """What an operation asks for, and where that is said. No alternative at all is ``{}``."""
    own = operation.located
    holder = own if "security" in own.value else Located(source.root, "")
    requirements = source.sequence(holder.child("security"))
    found = [
        tuple(_needed(source, source.mapping(requirements.child(index))))
        for index in range(len(requirements.value))
    ]
    return found or [()], requirements


def _needed(source: Source, requirement: Located) -> Iterator[_Needed]:
    for name in sorted(requirement.value):
        scopes = source.sequence(requirement.child(name)).value
        texts = (scope if isinstance(scope, str) else exact(scope) for scope in scopes)
        yield _Needed(scheme_of(source, name), frozenset(texts))


def _serves(one: _Alternative, other: _Alternative) -> bool:
    """Whether who meets the one meets the other."""
    return all(
        any(was.scheme.serves(now.scheme) and now.scopes <= was.scopes for was in one)
        for now in other
    )


def _same(one: _Alternative, other: _Alternative) -> bool:
    return _serves(one, other) and _serves(other, one)


def _likeness(one: _Alternative, other: _Alternative) -> int:
    return sum(1 for was in one for now in other if was.scheme.is_called_like(now.scheme))


def _and(alternative: _Alternative) -> str:
    return " and ".join(item.told() for item in alternative) or "nothing"


def _or(alternatives: list[_Alternative]) -> str:
    return ", or ".join(_and(alternative) for alternative in alternatives)
