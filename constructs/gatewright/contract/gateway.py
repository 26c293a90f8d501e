"""Compiles a contract into API Gateway's dialect of OpenAPI 3.0.1."""

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from gatewright.contract.binding import GatewayBinding
from gatewright.contract.caching import check_cached, with_cache
from gatewright.contract.check import check_contract
from gatewright.contract.contract import Contract, Operation
from gatewright.contract.cors import preflight
from gatewright.contract.document import JsonObject
from gatewright.contract.gateway_models import GatewayModels
from gatewright.contract.gateway_responses import asks_for_bearer, gateway_responses
from gatewright.contract.gateway_security import gateway_requirement, gateway_security_schemes
from gatewright.contract.operation_rules import MEDIA_TYPE
from gatewright.contract.parameters import unseen_by_gateway
from gatewright.contract.private_policy import gateway_policy
from gatewright.contract.problems import ContractError, Problem
from gatewright.contract.resource_policy import resource_policy_problems
from gatewright.contract.streaming import with_streaming

if TYPE_CHECKING:
    from gatewright.integrations.compile import Compiled

    Integrations = dict[str, Compiled]

REQUEST_VALIDATORS = {
    "all": {"validateRequestBody": True, "validateRequestParameters": True},
    "body": {"validateRequestBody": True, "validateRequestParameters": False},
    "parameters": {"validateRequestBody": False, "validateRequestParameters": True},
}

_HTTP_PROXY = "http_proxy"


def compile_gateway(contract: Contract, binding: GatewayBinding) -> dict[str, Any]:
    """The body of an AWS::ApiGateway::RestApi.

    It holds only what API Gateway imports: a changed description changes nothing here. It holds
    everything that a deployment snapshots (routes, validators, models, authorizers, gateway
    responses, binary types, the source of API keys), so that its hash can be a deployment's
    salt. The order of keys depends on the contract's content alone. Raises ContractError.
    """
    if contract.api_key_source != binding.api_key_source:
        contract = replace(contract, api_key_source=binding.api_key_source)
    check_contract(contract)
    if problems := list(resource_policy_problems(contract, binding)):
        raise ContractError(contract.api_name, problems)
    operations = list(contract.operations())
    check_cached(contract.api_name, operations, binding.cached)
    models = GatewayModels(contract)
    schemes = gateway_security_schemes(contract, operations, binding)
    paths = _paths(contract, models, binding, _integrations(contract, binding))
    extensions: JsonObject = {
        "x-amazon-apigateway-api-key-source": binding.api_key_source,
        "x-amazon-apigateway-gateway-responses": gateway_responses(
            binding, bearer=asks_for_bearer(contract)
        ),
        "x-amazon-apigateway-request-validators": deepcopy(REQUEST_VALIDATORS),
    }
    if policy := gateway_policy(binding.vpc_endpoints, binding.resource_policy):
        extensions["x-amazon-apigateway-policy"] = policy
    if binding.binary_media_types:
        extensions["x-amazon-apigateway-binary-media-types"] = sorted(binding.binary_media_types)
    if binding.minimum_compression_size is not None:
        size = binding.minimum_compression_size
        extensions["x-amazon-apigateway-minimum-compression-size"] = size
    return {
        "openapi": "3.0.1",
        "info": {"title": binding.title, "version": contract.version},
        "paths": paths,
        "components": {"schemas": models.schemas(), "securitySchemes": schemes},
        **extensions,
    }


def _integrations(contract: Contract, binding: GatewayBinding) -> "Integrations":
    """What the integrations of the contract become, by operation id."""
    if not contract.integrations:
        return {}
    # Not above: most platforms have none.
    from gatewright.integrations.compile import compile_integration

    operations = {operation.operation_id: operation for operation in contract.operations()}
    compiled = {
        integration.operation: compile_integration(
            integration, operations[integration.operation], contract, binding
        )
        for integration in contract.integrations
    }
    if binding.lifecycle_headers:
        _check_lifecycle(contract, compiled)
    return compiled


def _check_lifecycle(contract: Contract, compiled: Mapping[str, "Compiled"]) -> None:
    """Refuse answers that could not tell that their version is on its way out.

    API Gateway hands on what an HTTP proxy's endpoint answers, and adds nothing to it.
    """
    proxied = {name for name, made in compiled.items() if made.definition["type"] == _HTTP_PROXY}
    problems = [
        Problem(
            operation.name,
            "the version is deprecated, and an HTTP proxy's answers have no headers of its "
            "lifecycle",
            "write 'responses' for the integration, such as {200: {}}, so that API Gateway makes "
            "the answer; or remove 'lifecycle' and have the endpoint tell",
        )
        for operation in contract.operations()
        if str(operation.operation_id) in proxied
    ]
    if problems:
        raise ContractError(contract.api_name, problems)


def _paths(
    contract: Contract,
    models: GatewayModels,
    binding: GatewayBinding,
    integrations: "Integrations",
) -> dict[str, JsonObject]:
    operations = list(contract.operations())
    credentials = [name for authorizer in contract.authorizers for name in authorizer.headers]
    paths: dict[str, JsonObject] = {}
    for operation in operations:
        item = paths.setdefault(operation.path, {})
        item[operation.method.lower()] = _operation(operation, models, binding, integrations)
    for path, item in paths.items():
        # A service that answers OPTIONS itself keeps its own answer.
        if "options" not in item and binding.allow_origin is not None:
            here = [operation for operation in operations if operation.path == path]
            item["options"] = preflight(here, binding, credentials)
    return paths


def _operation(
    operation: Operation,
    models: GatewayModels,
    binding: GatewayBinding,
    integrations: "Integrations",
) -> JsonObject:
    out: JsonObject = {"operationId": operation.operation_id}
    if parameters := _parameters(operation):
        out["parameters"] = parameters
    if operation.validated_body is not None:
        out["requestBody"] = {
            "content": {MEDIA_TYPE: {"schema": models.body(operation)}},
            "required": True,
        }
    out["responses"] = _responses(operation)
    if operation.schemes:
        out["security"] = [gateway_requirement(operation, binding)]
    if validator := _request_validator(operation):
        out["x-amazon-apigateway-request-validator"] = validator
    made = integrations.get(str(operation.operation_id))
    if made is None:
        out["x-amazon-apigateway-integration"] = _proxy(binding)
    else:
        out["x-amazon-apigateway-integration"] = made.definition
        _declare(out["responses"], made.headers)
    return with_streaming(operation, with_cache(operation, out, binding.cached), binding.streams)


def _proxy(binding: GatewayBinding) -> JsonObject:
    """The call of the version's function."""
    return {
        "type": "aws_proxy",
        # Invoking a function is a POST, whatever the method is.
        "httpMethod": "POST",
        "uri": binding.integration_uri,
        "passthroughBehavior": "when_no_match",
        "timeoutInMillis": binding.timeout_ms,
    }


def _declare(responses: JsonObject, headers: Mapping[str, tuple[str, ...]]) -> None:
    """Add the statuses and headers that an integration answers: the import wants them all."""
    for status, names in headers.items():
        response = responses.setdefault(status, {"description": f"{status} response"})
        if names:
            response["headers"] = {name: {"schema": {"type": "string"}} for name in names}


def _request_validator(operation: Operation) -> str | None:
    """The validator of an operation; None when it takes nothing that the gateway can look at."""
    parameters = any(not unseen_by_gateway(item) for item in operation.parameters)
    if operation.validated_body is not None:
        return "all" if parameters else "body"
    return "parameters" if parameters else None


def _parameters(operation: Operation) -> list[JsonObject]:
    found = [item for item in operation.parameters if not unseen_by_gateway(item)]
    return [
        {
            "name": item["name"],
            "in": item["in"],
            "required": bool(item.get("required")),
            # API Gateway checks presence alone; the type is a formality of OpenAPI.
            "schema": {"type": "string"},
        }
        for item in sorted(found, key=lambda item: (item["in"], item["name"]))
    ]


def _responses(operation: Operation) -> JsonObject:
    # AWS, "Important notes": API Gateway has no default and no wildcard (4XX) responses. The
    # import wants a description, and the author's must not redeploy the API.
    statuses = [status for status in operation.definition["responses"] if status.isdigit()]
    return {status: {"description": f"{status} response"} for status in sorted(statuses)}
