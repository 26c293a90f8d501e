"""What one value may be: the test, the words for people and the JSON Schema, said together."""

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

ERROR_TYPE = "rule"


@dataclass(frozen=True, eq=False)  # typing wants hashable metadata, and a mapping has no hash
class Rule:
    """Metadata for `Annotated[type, rule]`.

    `kind` is `text` or `number`: it tells which quotes to add or remove when the type is wrong.
    """

    kind: str
    allowed: str
    holds: Callable[[object], bool]
    json_schema: Mapping[str, object]
    choices: tuple[str, ...] = ()

    def __get_pydantic_core_schema__(
        self, source: object, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        return core_schema.no_info_before_validator_function(self._checked, handler(source))

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, object]:
        return {**handler(schema), **self.json_schema}

    def _checked(self, value: object) -> object:
        if self.holds(value):
            return value
        context = {"kind": self.kind, "allowed": self.allowed, "choices": self.choices}
        raise PydanticCustomError(ERROR_TYPE, "allowed: {allowed}", context)


def text(pattern: str, allowed: str) -> Rule:
    """Text that matches a whole pattern, in the syntax that Python and ECMA 262 share."""
    compiled = re.compile(pattern)

    def holds(value: object) -> bool:
        return isinstance(value, str) and compiled.fullmatch(value) is not None

    return Rule("text", allowed, holds, {"pattern": f"^(?:{pattern})$"})


def whole(low: int, high: int, unit: str) -> Rule:
    """A whole number from `low` to `high`, both included."""

    def holds(value: object) -> bool:
        return type(value) is int and low <= value <= high

    allowed = f"a whole number of {unit} from {low} to {high}"
    return Rule("number", allowed, holds, {"minimum": low, "maximum": high})


def above_zero(unit: str) -> Rule:
    """A number above zero."""

    def holds(value: object) -> bool:
        return type(value) in (int, float) and 0 < value < math.inf  # type: ignore[operator]

    return Rule("number", f"a number of {unit} above 0", holds, {"exclusiveMinimum": 0})


def one_of(*choices: str | int) -> Rule:
    """One of a few words, or one of a few numbers."""

    def holds(value: object) -> bool:
        return type(value) is type(choices[0]) and value in choices

    words = tuple(map(str, choices))
    kind = "text" if isinstance(choices[0], str) else "number"
    return Rule(kind, ", ".join(words), holds, {"enum": list(choices)}, words)
