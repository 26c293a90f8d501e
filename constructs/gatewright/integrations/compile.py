"""x-amazon-apigateway-integration of one operation, and what its answers declare.

AWS: "x-amazon-apigateway-integration object".
"""

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from gatewright.contract.cors import error_headers
from gatewright.contract.document import JsonObject
from gatewright.integrations.answers import error_body
from gatewright.integrations.deployed import Deployed
from gatewright.integrations.integration import Integration, ResponseMapping
from gatewright.integrations.sources import parse_source
from gatewright.integrations.statuses import FAILED, success_status
from gatewright.integrations.targets import (
    DocumentTarget,
    LambdaTarget,
    MockTarget,
    ServiceTarget,
)
from gatewright.integrations.targets.call import Call

if TYPE_CHECKING:
    from gatewright.contract.binding import GatewayBinding
    from gatewright.contract.contract import Contract, Operation

_JSON = "application/json"
_PROXIES = ("aws_proxy", "http_proxy")
_IN_REQUEST = {"path": "path", "query": "querystring", "header": "header"}


@dataclass(frozen=True)
class Compiled:
    """``definition`` is the integration; ``headers`` has those of each status that it answers."""

    definition: JsonObject
    headers: Mapping[str, tuple[str, ...]]


def compile_integration(
    integration: Integration,
    operation: "Operation",
    contract: "Contract",
    binding: "GatewayBinding",
) -> Compiled:
    """The integration of ``operation``, for a contract whose integrations have no problems."""
    deployed = binding.integrations or Deployed()
    target = integration.target
    call = target.call(operation, contract, deployed, templated=integration.is_templated)
    out = _request(integration, call)
    if any(target.permissions(deployed)):
        out["credentials"] = deployed.role_arn
    if call.type in _PROXIES:
        out["passthroughBehavior"] = "when_no_match"
        return Compiled(out, {})
    # What has no template is a clear 415 of the gateway's own.
    if "passthroughBehavior" not in call.more:
        out["passthroughBehavior"] = "never" if out.get("requestTemplates") else "when_no_match"
    if isinstance(target, DocumentTarget) and not integration.responses:
        responses = call.more.get("responses") or {}
    else:
        responses = _responses(integration, operation, contract)
    out["responses"] = {
        pattern: _with_headers(response, {**error_headers(binding), **binding.lifecycle_headers})
        for pattern, response in responses.items()
    }
    if binding.binary_media_types and call.type == "mock":
        # Without it a mock gets base64 instead of its template's text.
        out.setdefault("contentHandling", "CONVERT_TO_TEXT")
    return Compiled(out, _headers(out["responses"]))


def _request(integration: Integration, call: Call) -> JsonObject:
    out: JsonObject = {"type": call.type}
    if call.type != "mock":
        out |= {"httpMethod": call.method, "uri": call.uri}
    own = {k: template.text for k, template in integration.request_templates.items()}
    parameters = {
        **call.parameters,
        **{_parameter(name): parse_source(s).mapping for name, s in integration.parameters.items()},
    }
    if parameters:
        out["requestParameters"] = dict(sorted(parameters.items()))
    templates = own or dict(call.templates)
    if templates and call.type not in _PROXIES:
        out["requestTemplates"] = dict(sorted(templates.items()))
    if integration.content_handling:
        out["contentHandling"] = integration.content_handling
    out["timeoutInMillis"] = integration.timeout_ms
    return {**call.more, **out}


def _parameter(name: str) -> str:
    kind, _, rest = name.partition(".")
    return f"integration.request.{_IN_REQUEST[kind]}.{rest}"


def _responses(
    integration: Integration, operation: "Operation", contract: "Contract"
) -> dict[str, JsonObject]:
    """The integration's responses by their selection patterns.

    A mock has one. A function's error message is matched, and no error is the default; of all
    others the status is, and whatever nobody expected is a failure, never a success.
    """
    target = integration.target
    success = ResponseMapping(_status(integration, operation))
    mapped = {mapping.status: mapping for mapping in (success, *integration.responses)}
    found = {
        pattern_of(mapping, integration): _response(
            mapping, _body(mapping, success.status, integration, operation, contract)
        )
        for mapping in mapped.values()
    }
    if isinstance(target, MockTarget):
        return found
    failed = getattr(target, "failed", error_body(HTTPStatus(FAILED).phrase))
    if FAILED not in mapped:
        made = _response(ResponseMapping(FAILED), failed)
        found[_otherwise(list(found), integration)] = made
    return dict(sorted(found.items()))


def _status(integration: Integration, operation: "Operation") -> int:
    target = integration.target
    given = target.status if isinstance(target, MockTarget) else None
    return given or success_status(operation)


def pattern_of(mapping: ResponseMapping, integration: Integration) -> str:
    """The selection pattern of one response."""
    if mapping.when is not None:
        return mapping.when
    if isinstance(integration.target, MockTarget | LambdaTarget):
        return "default"
    # An AWS service has one success, whatever the contract calls it.
    is_service = isinstance(integration.target, ServiceTarget)
    return "2[0-9][0-9]" if is_service and mapping.status < 300 else str(mapping.status)


def _otherwise(patterns: list[str], integration: Integration) -> str:
    if not isinstance(integration.target, LambdaTarget):
        return "default"
    # Any error but those that have a response; a dot would not match the ends of lines.
    others = "|".join(f"(?:{pattern})" for pattern in sorted(patterns) if pattern != "default")
    return rf"(?!(?:{others})$)(?:.|\n)+" if others else r"(?:.|\n)+"


def _body(
    mapping: ResponseMapping,
    success: int,
    integration: Integration,
    operation: "Operation",
    contract: "Contract",
) -> str | None:
    """The template of one response; None for the backend's own body."""
    if mapping.template is not None:
        return mapping.template.text
    target = integration.target
    if mapping.status == success:
        answer = getattr(target, "answer", None)
        if integration.answer and answer is not None:
            return str(answer(integration.answer))
        return target.success(operation, contract)
    if mapping.status >= HTTPStatus.BAD_REQUEST:
        return error_body(_phrase(mapping.status))
    return None


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return f"Status {status}"


def _response(mapping: ResponseMapping, body: str | None) -> JsonObject:
    out: JsonObject = {"statusCode": str(mapping.status)}
    if mapping.headers:
        out["responseParameters"] = {
            f"method.response.header.{name}": value for name, value in mapping.headers.items()
        }
    if body is not None:
        out["responseTemplates"] = {_JSON: body}
    return out


def _with_headers(response: JsonObject, headers: Mapping[str, str]) -> JsonObject:
    """With the headers of CORS, which a custom integration's answers have no other source of."""
    added = {f"method.response.header.{name}": f"'{value}'" for name, value in headers.items()}
    parameters = {**added, **response.get("responseParameters", {})}
    return (
        {**response, "responseParameters": dict(sorted(parameters.items()))}
        if parameters
        else response
    )


def _headers(responses: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for response in responses.values():
        names = [n.rpartition(".")[2] for n in response.get("responseParameters", {})]
        found[str(response["statusCode"])] = tuple(sorted(names))
    return found
