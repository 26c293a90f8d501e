"""What a save asks for, told from the names alone."""

from collections.abc import Sequence
from dataclasses import dataclass

# Modules that a process imports once, and what is loaded from a service's lock stays loaded too.
_IMPORTED_ONCE = ("constructs/", "stacks/")
_READ_AT_START = ("app.py", "cdk.json")
_LOCK = "requirements.txt"
_SHOWN = 2


@dataclass(frozen=True, kw_only=True)
class Plan:
    """``saved`` is for people; ``afresh`` asks for a new process to synthesise in."""

    saved: str
    afresh: bool


def plan(names: Sequence[str]) -> Plan:
    """The plan for the files of these names, which are below the platform's root."""
    return Plan(saved=_saved(names), afresh=any(map(_asks_for_a_new_process, names)))


def _asks_for_a_new_process(name: str) -> bool:
    return (
        name in _READ_AT_START
        or name.startswith(_IMPORTED_ONCE)
        or name.rpartition("/")[2] == _LOCK
    )


def _saved(names: Sequence[str]) -> str:
    more = len(names) - _SHOWN
    shown = list(names[:_SHOWN]) + ([f"{more} more"] if more > 0 else [])
    return f"{_and(shown)} saved"


def _and(words: Sequence[str]) -> str:
    return " and ".join(filter(None, [", ".join(words[:-1]), words[-1]]))
