"""The names of schemas in the contract."""

import re

from gatewright.contract.check import GATEWAY_ERROR
from gatewright.contract.spec_first.node import Node

# OpenAPI 3.0.3, Components Object.
_ALLOWED = re.compile(r"[A-Za-z0-9._-]+")
_PLACES = (("components", "schemas"), ("definitions",))


class ComponentNames:
    """Gives each schema one name. ``reserved`` are those of the first file's own schemas."""

    def __init__(self, reserved: set[str]) -> None:
        self._reserved = {name for name in reserved if is_good(name)}
        self._taken: set[str] = {GATEWAY_ERROR}

    def give(self, chain: list[Node], *, root: bool) -> str:
        """A name for the schema at the end of ``chain``, a way of references to it.

        ``root`` says that it is one of the first file's own, which keep their names.
        """
        own = component_name(chain[-1])
        named = own or next((n for n in map(component_name, chain) if n), None)
        base = _cleaned(named or _place_name(chain[-1]))
        candidates = (base if n == 1 else f"{base}{n}" for n in range(1, len(self._taken) + 3))
        free = (
            name
            for name in candidates
            if name not in self._taken and (root or name not in self._reserved)
        )
        name = next(free, f"{base}{len(self._taken) + len(self._reserved) + 1}")
        self._taken.add(name)
        return name


def component_name(node: Node) -> str | None:
    """The name under which a file defines the schema at ``node``, if it does."""
    *place, name = node.parts or ("",)
    return str(name) if tuple(place) in _PLACES else None


def is_good(name: str) -> bool:
    """Whether a schema may keep its name."""
    return _ALLOWED.fullmatch(name) is not None and name != GATEWAY_ERROR


def _place_name(node: Node) -> str:
    words = [part for part in node.parts if isinstance(part, str)]
    return words[-1] if words else node.file.path.stem


def _cleaned(name: str) -> str:
    if _ALLOWED.fullmatch(name):
        return name
    words = re.findall(r"[A-Za-z0-9]+", name)
    return "".join(word[0].upper() + word[1:] for word in words) or "Model"
