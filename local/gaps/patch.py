"""How a gap is filled: a function of ministack is wrapped by one of ours, in one explicit place."""

from __future__ import annotations

import functools
import importlib
import sys
from collections.abc import Callable, Iterable, Mapping
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


@dataclass(frozen=True, kw_only=True)
class ResourceType:
    """A resource type that CloudFormation lacks.

    ``operations`` are its ``create``, ``update`` and ``delete``; a change of one of the properties
    in ``replacing`` makes another resource; ``tags`` is the property that takes the stack's tags,
    None where there is none.
    """

    name: str
    operations: Mapping[str, Function]
    replacing: tuple[str, ...]
    tags: str | None = None


@dataclass(frozen=True, kw_only=True)
class Service:
    """A service that ministack lacks, and a module of ours in the form of its service modules.

    ``name`` is the service's in the scope of a signature, and in the saved state;
    ``target_prefix`` is what X-Amz-Target begins with.
    """

    name: str
    target_prefix: str
    module: str


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


def apply_resource_types(resource_types: Iterable[ResourceType]) -> None:
    """Give CloudFormation the resource types. Safe to call again."""
    provisioners = importlib.import_module(PROVISIONERS)
    for kind in resource_types:
        provisioners._RESOURCE_HANDLERS[kind.name] = dict(kind.operations)
        provisioners._REPLACING_PROPERTIES[kind.name] = kind.replacing
        if kind.tags is not None:
            provisioners._STACK_TAG_PROPERTY[kind.name] = (kind.tags, "list")


def apply_services(services: Iterable[Service]) -> None:
    """Have requests to the services answered, and their state saved. Safe to call again."""
    app = importlib.import_module("ministack.app")
    router = importlib.import_module("ministack.core.router")
    for service in services:
        module = importlib.import_module(service.module)
        app._loaded_modules[service.name] = module
        app._state_map[service.name] = service.name
        app.SERVICE_HANDLERS[service.name] = module.handle_request
        router.SERVICE_PATTERNS[service.name] = {
            "target_prefixes": [service.target_prefix],
            "host_patterns": [rf"{service.name}\."],
            "credential_scope": service.name,
        }


def _wrappers(function: Function) -> tuple[object, ...]:
    wrappers = getattr(function, "gap_wrappers", ())
    return wrappers if isinstance(wrappers, tuple) else ()
