"""Where a value comes from, in the words of platform.yaml, and how API Gateway writes that.

AWS: "Parameter mapping examples for REST APIs in API Gateway" for mappings; "Mapping template
transformations" for templates.
"""

import json
import re
from dataclasses import dataclass

FORM = (
    "path.<name>, query.<name>, header.<Name>, body, body.<property>, context.<variable>, "
    "stageVariables.<name>, or a text in single quotes: 'text'"
)
PATTERN = (
    r"(?:path|query|header)\.[A-Za-z0-9:._$-]+"
    r"|body(?:\.[A-Za-z_][A-Za-z0-9_]*)*"
    r"|context\.[A-Za-z0-9_.-]+"
    r"|stageVariables\.[A-Za-z0-9_]+"
    r"|'[^'\n]*'"
)
_IN_METHOD = {"path": "path", "query": "querystring", "header": "header"}


class SourceError(ValueError):
    """A text that names no source."""


@dataclass(frozen=True)
class Source:
    """``kind`` is path, query, header, body, context, stageVariables or static.

    ``name`` is what comes after the dot, and of a static one its text.
    """

    kind: str
    name: str

    @property
    def is_parameter(self) -> bool:
        """Whether it is a parameter of the request, which the operation must declare."""
        return self.kind in _IN_METHOD

    @property
    def mapping(self) -> str:
        """The mapping expression: ``method.request.querystring.limit``, ``'text'``."""
        if self.kind in _IN_METHOD:
            return f"method.request.{_IN_METHOD[self.kind]}.{self.name}"
        if self.kind == "body":
            return f"method.request.body.{self.name}" if self.name else "method.request.body"
        return f"'{self.name}'" if self.kind == "static" else f"{self.kind}.{self.name}"

    @property
    def value(self) -> str:
        """The VTL expression of the value, for a directive or as an argument."""
        if self.kind in _IN_METHOD:
            return f"$input.params('{self.name}')"
        if self.kind == "body":
            return f"$input.path('{self.json_path}')" if self.name else "$input.body"
        # VTL has no escapes in a text of single quotes, and reads nothing inside of it.
        return f"'{self.name}'" if self.kind == "static" else f"${self.kind}.{self.name}"

    @property
    def json_path(self) -> str:
        """The JSONPath of a source in the body."""
        return f"$.{self.name}" if self.name else "$"

    @property
    def in_json_text(self) -> str:
        """What stands between the quotes of a JSON string, whatever characters the value has."""
        if self.kind == "static":
            return literal_text(self.name)
        return escaped(self.value)

    @property
    def as_json(self) -> str:
        """A value of JSON: of the body as it is, of anything else as a string."""
        if self.kind == "body":
            return f"$input.json('{self.json_path}')"
        return f'"{self.in_json_text}"'

    @property
    def is_there(self) -> str:
        """The VTL condition that the value is there and not an empty text."""
        # Quiet and inside of quotes: a null, an absent value and an empty text are all alike.
        return f'"$!{self.value[1:]}" != ""'


def parse_source(text: str) -> Source:
    """The source that ``text`` names. Raises SourceError."""
    if not re.fullmatch(PATTERN, text):
        raise SourceError(text)
    if text.startswith("'"):
        return Source("static", text[1:-1])
    kind, _, name = text.partition(".")
    return Source(kind, name)


def escaped(expression: str) -> str:
    r"""A VTL expression as the inside of a JSON string.

    AWS, "$util variables": escapeJavaScript also writes ``\'``, which JSON does not have.
    """
    return f"""$util.escapeJavaScript({expression}).replaceAll("\\\\'","'")"""


def literal_text(text: str) -> str:
    """The inside of a JSON string that VTL leaves as it is."""
    return without_vtl(json.dumps(text)[1:-1])


def without_vtl(json_text: str) -> str:
    """JSON in which nothing is VTL: both signs stand in strings alone, where JSON has escapes."""
    return json_text.replace("$", "\\u0024").replace("#", "\\u0023")
