"""From an integration's response to the method's: which one, its headers, its body, its overrides.

https://docs.aws.amazon.com/apigateway/latest/developerguide/request-response-data-mappings.html
https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-override-request-response-parameters.html
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from local.gaps import media_types, vtl
from local.gaps.execution import Execution
from local.gaps.integrations import content_handling, parameters
from local.gaps.integrations.errors import ConfigurationError
from local.gaps.velocity_values import JavaMap, text

Response = tuple[int, dict[str, str], bytes]
_HEADER = "method.response.header."


class NoResponseError(Exception):
    """No integration response is selected, and there is no default one. On AWS this is a 500."""


def respond(
    integration: Mapping[str, Any],
    selected_by: str,
    body: bytes,
    headers: Mapping[str, Any],
    run: Execution,
    context: JavaMap,
) -> Response:
    """Answer with the integration response that `selected_by` (a status, or an error text) selects.

    Raises NoResponseError, TemplateError for a template that does not render, and
    ConfigurationError for a status, a pattern or a payload that is not what it has to be.
    """
    response = select(integration.get("integrationResponses") or {}, selected_by)
    content_type, template = response_template(
        response.get("responseTemplates") or {}, run.header("accept")
    )
    mapped = mapped_headers(response.get("responseParameters") or {}, body, headers, run, context)
    answered = (parameters.named(headers, "content-type") or ("",))[-1]
    payload = content_handling.of_response(
        body,
        (answered, run.header("accept")),
        content_handling.binary_types(run),
        response.get("contentHandling"),
        None if template is None else rendering(template, run, context),
    )
    override = context["responseOverride"]
    sent = {"Content-Type": content_type}
    for name, value in {**mapped, **_texts(override["header"])}.items():
        sent = _with_header(sent, name, value)
    return _status(override.get("status") or response["statusCode"]), sent, payload


def _status(given: Any) -> int:
    try:
        return int(text(given))
    except ValueError as problem:
        raise ConfigurationError(f"{text(given)!r} is no status of a response") from problem


def rendering(template: str, run: Execution, context: JavaMap) -> Callable[[bytes], bytes]:
    """The template as a function of the payload. It may raise TemplateError."""

    def render(payload: bytes) -> bytes:
        return vtl.render(
            template,
            payload=request_input(run, body=payload.decode("utf-8", errors="replace")),
            context=context,
            stage_variables=run.stage_variables,
        ).encode()

    return render


def select(responses: Mapping[str, Mapping[str, Any]], selected_by: str) -> Mapping[str, Any]:
    """The response whose pattern matches the whole text, else the one without a pattern.

    A dot matches no line break: "make sure that the error response does not contain any newline".
    https://docs.aws.amazon.com/apigateway/latest/api/API_PutIntegrationResponse.html
    """
    default = None
    for response in responses.values():
        pattern = response.get("selectionPattern")
        if not pattern:
            default = default or response
        elif _matches(pattern, selected_by):
            return response
    if default is None:
        raise NoResponseError(
            f"no integration response matches {selected_by!r} and there is no default one"
        )
    return default


def _matches(pattern: str, selected_by: str) -> bool:
    try:
        return re.fullmatch(pattern, selected_by) is not None
    except re.error as problem:
        raise ConfigurationError(f"selection pattern {pattern!r}: {problem}") from problem


def response_template(templates: Mapping[str, str], accept: str) -> tuple[str, str | None]:
    """Content type and template for an Accept header: a match, else JSON's, else the first.

    "API Gateway only honors the first Accept media type."
    """
    wanted = accept.split(",", 1)[0]
    found = media_types.find(templates, wanted)
    if found is not None:
        return media_types.media_type(wanted), found
    json_template = media_types.find(templates, media_types.DEFAULT)
    if json_template is not None or not templates:
        return media_types.DEFAULT, json_template
    return next(iter(templates.items()))


def mapped_headers(
    mapping: Mapping[str, str],
    body: bytes,
    headers: Mapping[str, Any],
    run: Execution,
    context: JavaMap,
) -> dict[str, str]:
    """The headers that `responseParameters` map. A source that is absent gives no header."""
    found = {
        target[len(_HEADER) :]: parameters.of_response(source, body, headers, run, context)
        for target, source in mapping.items()
        if target.startswith(_HEADER)
    }
    return {name: one_line(",".join(values)) for name, values in found.items() if values}


def one_line(value: str) -> str:
    """The value of a header, in which a line break would begin another one."""
    return " ".join(value.splitlines())


def request_input(run: Execution, body: str | None = None) -> vtl.Input:
    """`$input` for this request, with the integration's body in a response template."""
    sent = run.body.decode("utf-8", errors="replace") if run.body else ""
    return vtl.Input(
        body=sent if body is None else body,
        path_parameters=run.request.get("path_params") or {},
        query_parameters={key: _last(value) for key, value in run.query.items()},
        headers={key: _last(value) for key, value in run.headers.items()},
    )


def _last(value: Any) -> str:
    return str(value if isinstance(value, str) else value[-1] if value else "")


def _texts(values: JavaMap) -> dict[str, str]:
    return {
        name: one_line(",".join(map(text, value)) if isinstance(value, list) else text(value))
        for name, value in dict.items(values)
    }


def _with_header(headers: Mapping[str, str], name: str, value: str) -> dict[str, str]:
    return {k: v for k, v in headers.items() if k.lower() != name.lower()} | {name: value}
