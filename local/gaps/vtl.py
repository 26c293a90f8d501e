"""Mapping templates: VTL with the variables of API Gateway.

`render` is the only place that knows `airspeed`. What AWS offers in a template is listed in
https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html
"""

from __future__ import annotations

import base64
import functools
import json
import re
import urllib.parse
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import airspeed

from local.gaps import json_path
from local.gaps.velocity_values import HeaderMap, JavaMap, as_json, wrap

LIMIT = 300 * 1024  # bytes
_BREAK = re.compile(r"#\{?break\b")


class TemplateError(Exception):
    """A template that cannot be read or rendered. On AWS the request is then a 500."""


@dataclass(frozen=True)
class Input:
    """`$input`: the body and the parameters of the request, or of the integration's response."""

    body: str = ""
    path_parameters: Mapping[str, str] = field(default_factory=dict)
    query_parameters: Mapping[str, str] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)

    def json(self, path: str) -> str:
        """`$input.json('$.x')`: what the path finds as JSON, `""` when it finds nothing."""
        found = self.path(path)
        return '""' if found is None else as_json(found)

    def path(self, path: str) -> Any:
        """`$input.path('$.x')`: what the path finds, as an object to walk through."""
        return wrap(json_path.evaluate(path, self._document))

    def params(self, name: str | None = None) -> Any:
        """`$input.params('x')` looks in path, query and headers; with no name it gives all."""
        if name is None:
            return wrap(
                {
                    "path": self.path_parameters,
                    "querystring": self.query_parameters,
                    "header": HeaderMap(self.headers),
                }
            )
        lowered = {key.lower(): value for key, value in self.headers.items()}
        for kept, key in (
            (self.path_parameters, name),
            (self.query_parameters, name),
            (lowered, name.lower()),
        ):
            if key in kept:
                return kept[key]
        return ""

    @functools.cached_property
    def _document(self) -> Any:
        """The parsed body; AWS takes an absent body as an empty object."""
        return json.loads(self.body or "{}")


class Util:
    """`$util`."""

    _ESCAPES = {  # noqa: RUF012 - a table
        "'": "\\'", '"': '\\"', "\\": "\\\\", "/": "\\/",
        "\b": "\\b", "\n": "\\n", "\t": "\\t", "\f": "\\f", "\r": "\\r",
    }  # fmt: skip

    def escapeJavaScript(self, text: Any) -> str:  # noqa: N802 - AWS's names
        return re.sub(r"""['"\\/]|[^ -~]""", lambda m: self._escape(m[0]), str(text))

    def _escape(self, character: str) -> str:
        if character in self._ESCAPES:
            return self._ESCAPES[character]
        units = character.encode("utf-16-be").hex().upper()
        return "".join(f"\\u{units[at : at + 4]}" for at in range(0, len(units), 4))

    def parseJson(self, text: str) -> Any:  # noqa: N802
        return wrap(json.loads(text))

    def urlEncode(self, text: Any) -> str:  # noqa: N802
        return urllib.parse.quote_plus(str(text), safe="*").replace("~", "%7E")

    def urlDecode(self, text: Any) -> str:  # noqa: N802
        return urllib.parse.unquote_plus(str(text))

    def base64Encode(self, text: Any) -> str:  # noqa: N802
        return base64.b64encode(str(text).encode()).decode()

    def base64Decode(self, text: Any) -> str:  # noqa: N802
        return base64.b64decode(str(text)).decode()


def render(
    template: str, *, payload: Input, context: JavaMap, stage_variables: Mapping[str, str]
) -> str:
    """The rendered template. It may set values in `context`, which is how overrides are given.

    TemplateError when it cannot be rendered.
    """
    names = {
        "input": payload,
        "context": context,
        "stageVariables": wrap(stage_variables),
        "util": Util(),
    }
    if len(template.encode(errors="replace")) > LIMIT:
        raise TemplateError(f"a mapping template has at most {LIMIT} bytes")
    if _BREAK.search(template):
        raise TemplateError("#break is not known to the embedded AWS: let #if leave items out")
    try:
        return str(_parsed(template).merge(names))
    except Exception as problem:  # airspeed raises more than its own for what it cannot read
        raise TemplateError(str(problem) or type(problem).__name__) from problem


@functools.lru_cache(maxsize=512)
def _parsed(template: str) -> Any:
    parsed = airspeed.Template(template)
    parsed.ensure_compiled()
    return parsed
