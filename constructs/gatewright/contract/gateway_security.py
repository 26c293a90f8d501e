"""Security requirements and schemes in API Gateway's form."""

from collections.abc import Iterator

from gatewright.contract.binding import GatewayBinding
from gatewright.contract.contract import Operation, SecurityRequirement
from gatewright.contract.document import JsonObject
from gatewright.contract.problems import ContractError, Problem
from gatewright.contract.security import API_KEY, API_KEY_HEADER, COGNITO, KEY_AUTHORIZER

_IN_AUTHORIZATION: JsonObject = {"type": "apiKey", "name": "Authorization", "in": "header"}

# No answer of a key authorizer is kept: who is turned away is so at once, and a policy that names
# one method is never used for another. The price is an invocation with every request.
_KEY_AUTHORIZER_SECONDS = 0


def gateway_requirement(operation: Operation, binding: GatewayBinding) -> SecurityRequirement:
    """What a method asks for. All of it: to API Gateway one requirement has no alternatives."""
    schemes = dict(operation.schemes)
    if API_KEY in schemes and binding.api_key_source == "AUTHORIZER":
        schemes[KEY_AUTHORIZER] = []
    return {name: list(schemes[name]) for name in sorted(schemes)}


def gateway_security_schemes(
    api_name: str, operations: list[Operation], binding: GatewayBinding
) -> JsonObject:
    """The schemes that some operation uses.

    AWS: "x-amazon-apigateway-authorizer object". A Cognito authorizer is an apiKey in the header
    ``Authorization`` to OpenAPI, and so is a Lambda authorizer. Raises ContractError when there is
    no user pool, or no authorizer, to ask.
    """
    problems = list(_missing(operations, binding))
    if binding.key_authorizer_uri is not None and binding.api_key_source == "HEADER":
        reason = "it was given a key authorizer, but its API keys come from the header"
        problems.append(Problem(api_name, reason, "read it with api_key_source=AUTHORIZER"))
    if problems:
        raise ContractError(api_name, problems)
    schemes: JsonObject = {
        API_KEY: {"type": "apiKey", "name": API_KEY_HEADER, "in": "header"},
        COGNITO: {
            **_IN_AUTHORIZATION,
            "x-amazon-apigateway-authtype": "cognito_user_pools",
            "x-amazon-apigateway-authorizer": {
                "type": "cognito_user_pools",
                "providerARNs": list(binding.user_pool_arns),
            },
        },
        KEY_AUTHORIZER: {
            **_IN_AUTHORIZATION,
            "x-amazon-apigateway-authtype": "custom",
            "x-amazon-apigateway-authorizer": {
                "type": "request",
                "identitySource": "method.request.header.Authorization",
                "authorizerUri": binding.key_authorizer_uri,
                "authorizerResultTtlInSeconds": _KEY_AUTHORIZER_SECONDS,
            },
        },
    }
    used = {name for operation in operations for name in gateway_requirement(operation, binding)}
    return {name: scheme for name, scheme in schemes.items() if name in used}


def _missing(operations: list[Operation], binding: GatewayBinding) -> Iterator[Problem]:
    for operation in operations:
        schemes = gateway_requirement(operation, binding)
        if COGNITO in schemes and not binding.user_pool_arns:
            reason = "it uses cognito, but the API was given no user pool"
            yield Problem(operation.name, reason, "give user_pool_arns")
        if KEY_AUTHORIZER in schemes and binding.key_authorizer_uri is None:
            reason = "its API key comes from an authorizer, but the API was given none"
            yield Problem(operation.name, reason, "give key_authorizer")
