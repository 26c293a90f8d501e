"""One of the two documents, and how to walk in it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

from gatewright.compare.canonical import noun
from gatewright.compare.change import CompareError, Side
from gatewright.contract.document import JsonObject, pointer, resolve

COMPONENT_SCHEMAS = "/components/schemas/"
DYNAMIC = ("$dynamicRef", "$recursiveRef")
"""References of JSON Schema that depend on how one came to them."""


@dataclass(frozen=True)
class Located:
    """A value, and the JSON pointer to it."""

    value: Any
    pointer: str

    def child(self, *keys: str | int) -> "Located":
        """What is at ``keys`` below; None where there is nothing."""
        value = self.value
        for key in keys:
            value = value.get(key) if isinstance(value, dict) else value[key]
        return Located(value, self.pointer + pointer(*keys))


class Source:
    """A document of OpenAPI 3.0 or 3.1. Raises CompareError for anything else.

    In 3.0 a ``$ref`` stands alone and whatever is beside it is ignored (OpenAPI 3.0.3, "Reference
    Object"); in 3.1 a schema may have both.
    """

    def __init__(self, root: JsonObject, side: Side) -> None:
        self.root = root
        self.side = side
        version = root.get("openapi") if isinstance(root, dict) else None
        self.is_30 = isinstance(version, str) and version.startswith("3.0")
        if not self.is_30 and not (isinstance(version, str) and version.startswith("3.1")):
            raise CompareError(f"the {side} document {_what_it_is(root)}")

    def at(self, *keys: str) -> Located:
        """What is at ``keys`` from the top; None where there is nothing. Raises CompareError."""
        here = Located(self.root, "")
        for key in keys:
            here = self.mapping(here.child(key))
        return here

    def follow(self, located: Located) -> Located:
        """Where references lead from here; the last of them, where they lead nowhere."""
        visited: set[str] = set()
        while (reference := reference_of(located.value)) and reference not in visited:
            visited.add(reference)
            target = self.target(reference)
            if target is None:
                return located
            located = target
        return located

    def target(self, reference: str) -> Located | None:
        """What a reference names; None for another document, and for nothing."""
        place = unquote(reference[1:])
        if not reference.startswith("#/"):
            return None
        try:
            return Located(resolve(self.root, place), place)
        except (LookupError, TypeError, ValueError):
            return None

    def mapping(self, located: Located) -> Located:
        """The same, where a mapping or nothing belongs: nothing is ``{}``. Raises CompareError."""
        return self._expected(located, dict)

    def sequence(self, located: Located) -> Located:
        """The same, where a list or nothing belongs: nothing is ``[]``. Raises CompareError."""
        return self._expected(located, list)

    def items(self, located: Located) -> Iterator[tuple[str, Located]]:
        """The fields of a mapping, references followed. Raises CompareError."""
        for name in self.mapping(located).value:
            yield name, self.mapping(self.follow(located.child(name)))

    def elements(self, located: Located) -> Iterator[Located]:
        """The mappings of a list, references followed. Raises CompareError."""
        for index in range(len(self.sequence(located).value)):
            yield self.mapping(self.follow(located.child(index)))

    def _expected(self, located: Located, kind: type) -> Located:
        if located.value is None:
            return Located(kind(), located.pointer)
        if not isinstance(located.value, kind):
            expected = "a list" if kind is list else "a mapping"
            raise CompareError(
                f"the {self.side} document is not valid OpenAPI: {located.pointer or 'it'} must be "
                f"{expected}, and is {noun(located.value)}; mend it first"
            )
        return located


def reference_of(value: Any) -> str | None:
    """The text of a ``$ref``, if this is one."""
    reference = value.get("$ref") if isinstance(value, dict) else None
    return reference if isinstance(reference, str) else None


def component_name(place: str) -> str | None:
    """The name of the schema component at a pointer, if it is one."""
    name = place.removeprefix(COMPONENT_SCHEMAS)
    if name == place or "/" in name:
        return None
    return name.replace("~1", "/").replace("~0", "~")


def _what_it_is(root: Any) -> str:
    if not isinstance(root, dict):
        return f"is no OpenAPI document but {noun(root)}: give one with `openapi: 3.0.x`"
    if "swagger" in root:
        return (
            f"is Swagger {root['swagger']}, and OpenAPI 3.0 and 3.1 can be compared: convert it "
            "first, for example with `npx swagger2openapi`"
        )
    return (
        f"says `openapi: {root.get('openapi')}`, and 3.0 and 3.1 can be compared: "
        "give a document of one of them"
    )
