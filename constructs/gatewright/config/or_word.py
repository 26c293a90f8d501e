"""A field that says one word in place of a mapping, and means its default by it."""

from dataclasses import dataclass
from typing import Any

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from gatewright.config.rules import ERROR_TYPE


@dataclass(frozen=True)
class OrWord:
    """Metadata for `Annotated[Section | None, OrWord(...)]`: the word is None.

    `allowed` are the words for people when it is another one.
    """

    word: str
    allowed: str

    def __get_pydantic_core_schema__(
        self, source: object, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        return core_schema.no_info_before_validator_function(self._none, handler(source))

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        made = handler(schema)
        return {**made, "anyOf": [*made["anyOf"], {"const": self.word}]}

    def _none(self, value: object) -> object:
        if not isinstance(value, str):
            return value
        if value == self.word:
            return None
        context = {"kind": "text", "allowed": self.allowed, "choices": (self.word,)}
        raise PydanticCustomError(ERROR_TYPE, "allowed: {allowed}", context)
