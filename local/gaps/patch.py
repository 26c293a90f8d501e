"""How a gap is filled: a function of ministack is wrapped by one of ours, in one explicit place."""

from __future__ import annotations

import functools
import importlib
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

Function = Callable[..., Any]


@dataclass(frozen=True)
class Patch:
    """One function of ministack, or `Class.method`, and what to put around it.

    `wrap` takes the function that is there and returns the one to use instead.
    """

    module: str
    function: str
    wrap: Callable[[Function], Function]

    @property
    def name(self) -> str:
        return f"{self.module}:{self.function}"


@dataclass(frozen=True)
class HandlerPatch:
    """Which functions CloudFormation calls for a resource type.

    Its table holds the functions themselves: wrapping the name in the module does not reach them.
    """

    resource_type: str
    operations: tuple[tuple[str, str], ...]


PROVISIONERS = "ministack.services.cloudformation.provisioners"


def apply(patches: Iterable[Patch]) -> None:
    """Wrap each function once, in the order given: a later patch of a function is outside."""
    for patch in patches:
        module = importlib.import_module(patch.module)
        class_name, _dot, name = patch.function.rpartition(".")
        owner = getattr(module, class_name) if class_name else module
        current = getattr(owner, name)
        if patch.wrap in _wrappers(current):
            continue
        replacement = functools.wraps(current)(patch.wrap(current))
        replacement.__dict__["gap_wrappers"] = (*_wrappers(current), patch.wrap)
        setattr(owner, name, replacement)
        if not class_name:
            _replace_imported(name, current, replacement)


def _replace_imported(name: str, current: Function, replacement: Function) -> None:
    """Modules that said `from module import function` hold the function itself."""
    for module_name, module in list(sys.modules.items()):
        if module_name.startswith("ministack.") and vars(module).get(name) is current:
            setattr(module, name, replacement)


def apply_handlers(patches: Iterable[HandlerPatch]) -> None:
    """Point CloudFormation's table of handlers at the functions now in the module."""
    provisioners = importlib.import_module(PROVISIONERS)
    for patch in patches:
        handlers = provisioners._RESOURCE_HANDLERS[patch.resource_type]
        handlers.update({key: getattr(provisioners, name) for key, name in patch.operations})


def _wrappers(function: Function) -> tuple[object, ...]:
    wrappers = getattr(function, "gap_wrappers", ())
    return wrappers if isinstance(wrappers, tuple) else ()
