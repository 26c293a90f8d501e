"""The integration request: the mapped parameters, the rendered template and its overrides.

https://docs.aws.amazon.com/apigateway/latest/developerguide/request-response-data-mappings.html
https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-override-request-response-parameters.html
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from local.gaps import media_types, response_mapping
from local.gaps.execution import Execution
from local.gaps.integrations import content_handling, parameters
from local.gaps.integrations.errors import ConfigurationError
from local.gaps.velocity_values import JavaMap, as_json, text

_TARGET = re.compile(r"integration\.request\.(path|querystring|header)\.(.+)")
_PLACEHOLDER = re.compile(r"\{([^{}]+)\}")
Values = dict[str, tuple[str, ...]]


@dataclass(frozen=True)
class IntegrationRequest:
    """What the mappings give; which of the caller's own parameters go along is the endpoint's.

    Names of headers are as mapped; of a name there may be several values.
    """

    uri: str
    headers: Values
    query: Values
    body: bytes

    def header(self, name: str) -> str:
        """The last value of a mapped header, or an empty string."""
        return (parameters.named(self.headers, name) or ("",))[-1]


def build(
    integration: Mapping[str, Any], run: Execution, context: JavaMap, *, templates: bool = True
) -> IntegrationRequest:
    """Map, render and override. A proxy integration has no `templates`.

    ConfigurationError for what cannot be sent, TemplateError for a template that fails.
    """
    mapped: dict[str, Values] = {"path": {}, "querystring": {}, "header": {}}
    for target, source in (integration.get("requestParameters") or {}).items():
        place = _TARGET.fullmatch(target)
        values = parameters.of_request(source, run, context)
        if place and values:
            mapped[place[1]][place[2]] = values
    body = _body(integration, run, context, templates=templates)
    _override(mapped, context["requestOverride"])
    uri = _with_path(str(integration.get("uri") or ""), mapped["path"])
    return IntegrationRequest(uri, mapped["header"], mapped["querystring"], body)


def _body(
    integration: Mapping[str, Any], run: Execution, context: JavaMap, *, templates: bool
) -> bytes:
    content_type = run.header("content-type")
    kept = (integration.get("requestTemplates") or {}) if templates else {}
    template = media_types.find(kept, content_type)
    return content_handling.of_request(
        run.body or b"",
        content_type,
        content_handling.binary_types(run),
        integration,
        None if template is None else response_mapping.rendering(template, run, context),
    )


def _override(mapped: dict[str, Values], overrides: JavaMap) -> None:
    """What a template set in `$context.requestOverride` wins over what was mapped."""
    for place, values in mapped.items():
        for name, value in dict.items(overrides[place]):
            same = [key for key in values if key.lower() == name.lower() and place == "header"]
            for key in same:
                del values[key]
            several = value if isinstance(value, list) else [value]
            values[name] = tuple(_text(item) for item in several)


def _text(value: Any) -> str:
    return as_json(value) if isinstance(value, dict | list) else text(value)


def _with_path(uri: str, values: Values) -> str:
    def value(match: re.Match[str]) -> str:
        if match[1] not in values:
            raise ConfigurationError(
                f"the integration's URI has {match[0]}, and no requestParameters map "
                f"integration.request.path.{match[1]}, or what they map is absent"
            )
        return quote(values[match[1]][-1], safe="/:@!$&'()*+,;=~")

    return _PLACEHOLDER.sub(value, uri)
