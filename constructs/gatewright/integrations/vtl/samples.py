"""Sample requests that a template is rendered with: ordinary ones, sparse ones and hostile ones."""

import base64
import json
import re
import urllib.parse
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from gatewright.contract.document import JsonObject
from gatewright.integrations.answers import followed
from gatewright.integrations.context_names import CONTEXT_NAMES

if TYPE_CHECKING:
    from gatewright.contract.contract import Contract

MOST_DEPTH = 8
"""Objects inside of objects that a sample has."""

_PATH = re.compile(r"\$((?:\.[A-Za-z0-9_-]+|\[\d+\]|\['[^']*'\]|\[\"[^\"]*\"\])*)")
_STEP = re.compile(r"\.([A-Za-z0-9_-]+)|\[(\d+)\]|\['([^']*)'\]|\[\"([^\"]*)\"\]")


class UnknownPathError(Exception):
    """A JSONPath that samples do not evaluate, such as a filter."""


@dataclass(frozen=True)
class SampleInput:
    """``$input``. Every parameter has the value ``text``, or is absent."""

    text: str
    document: Any
    body: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "body", json.dumps(self.document))

    def params(self, name: str | None = None) -> Any:
        """One parameter; of all of them one of each kind."""
        if name is not None:
            return self.text
        return {kind: {"sample": self.text} for kind in ("path", "querystring", "header")}

    def path(self, path: str) -> Any:
        """What the path finds, an empty text where it finds nothing."""
        match = _PATH.fullmatch(path)
        if match is None:
            raise UnknownPathError(path)
        value = self.document
        for name, index, *quoted in _STEP.findall(match[1]):
            step: str | int = int(index) if index else name or "".join(quoted)
            try:
                value = value[step]
            except (LookupError, TypeError):
                return ""
        return value

    def json(self, path: str) -> str:
        """The same as JSON."""
        return json.dumps(self.path(path))


class SampleUtil:
    """``$util``."""

    def escapeJavaScript(self, text: Any) -> str:  # noqa: N802 - AWS's names
        """As AWS says, with quotes that JSON does not have."""
        return json.dumps(str(text))[1:-1].replace("'", "\\'")

    def parseJson(self, text: str) -> Any:  # noqa: N802
        """The value."""
        return json.loads(text)

    def urlEncode(self, text: Any) -> str:  # noqa: N802
        """As in a form."""
        return urllib.parse.quote_plus(str(text))

    def urlDecode(self, text: Any) -> str:  # noqa: N802
        """The opposite."""
        return urllib.parse.unquote_plus(str(text))

    def base64Encode(self, text: Any) -> str:  # noqa: N802
        """Of UTF-8."""
        return base64.b64encode(str(text).encode()).decode()

    def base64Decode(self, text: Any) -> str:  # noqa: N802
        """Of anything, since a sample is rarely base64."""
        return str(text)


def sample_context() -> JsonObject:
    """``$context`` with a word for every variable."""
    out: JsonObject = {
        "requestOverride": {"header": {}, "path": {}, "querystring": {}},
        "responseOverride": {"header": {}},
    }
    for name in sorted(CONTEXT_NAMES):
        if "Override" in name:
            continue
        *parents, last = name.split(".")
        place = out
        for parent in parents:
            place = place.setdefault(parent, {})
        place.setdefault(last, "sample")
    out["authorizer"]["claims"] = {}
    return out


def sample_of(
    schema: JsonObject, contract: "Contract", text: str, *, sparse: bool, depth: int = 0
) -> Any:
    """A value that a schema takes, as far as API Gateway checks it.

    Texts are ``text`` unless they are of a choice. ``sparse`` leaves out what is not required.
    """
    schema = followed(schema, contract)
    if "enum" in schema:
        return schema["enum"][0]
    kind = schema.get("type", "object" if "properties" in schema else "string")
    if kind == "object":
        kept = set(schema.get("required", ())) if sparse or depth > MOST_DEPTH else None
        return {
            name: sample_of(child, contract, text, sparse=sparse, depth=depth + 1)
            for name, child in schema.get("properties", {}).items()
            if (kept is None or name in kept) and depth <= 2 * MOST_DEPTH
        }
    if kind == "array":
        if sparse or depth > MOST_DEPTH:
            return []
        return [sample_of(schema.get("items", {}), contract, text, sparse=False, depth=depth + 1)]
    return {"integer": 1, "number": 1.5, "boolean": True}.get(kind, text)
