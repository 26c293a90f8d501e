"""Security requirements and schemes in API Gateway's form."""

from collections.abc import Iterator
from typing import Any

from gatewright.contract.authorizer import AUTHORIZATION, Authorizer
from gatewright.contract.binding import GatewayBinding
from gatewright.contract.contract import Contract, Operation, SecurityRequirement
from gatewright.contract.document import JsonObject
from gatewright.contract.problems import ContractError, Problem
from gatewright.contract.security import (
    API_KEY,
    API_KEY_HEADER,
    AUTHTYPE,
    COGNITO,
    IAM,
    KEY_AUTHORIZER,
    SECURITY_SCHEMES,
)

_IN_AUTHORIZATION: JsonObject = {"type": "apiKey", "name": AUTHORIZATION, "in": "header"}

# No answer of a key authorizer is kept: who is turned away is so at once, and a policy that names
# one method is never used for another. The price is an invocation with every request.
_KEY_AUTHORIZER_SECONDS = 0


def gateway_requirement(operation: Operation, binding: GatewayBinding) -> SecurityRequirement:
    """What a method asks for. All of it: to API Gateway one requirement has no alternatives."""
    schemes = dict(operation.schemes)
    if API_KEY in schemes and binding.api_key_source == "AUTHORIZER":
        schemes[KEY_AUTHORIZER] = []
    # AWS: "Method", authorizationScopes: only a Cognito authorizer reads them. Those of a function
    # are in its own table of operations.
    return {name: list(schemes[name]) if name == COGNITO else [] for name in sorted(schemes)}


def gateway_security_schemes(
    contract: Contract, operations: list[Operation], binding: GatewayBinding
) -> JsonObject:
    """The schemes that some operation uses.

    AWS: "x-amazon-apigateway-authorizer object". A Cognito authorizer is an apiKey in the header
    ``Authorization`` to OpenAPI, and so is a Lambda authorizer. Raises ContractError when there is
    no user pool, or no authorizer, to ask.
    """
    api_name = contract.api_name
    problems = [*_missing(operations, binding), *_without_function(contract, binding)]
    if binding.key_authorizer_uri is not None and binding.api_key_source == "HEADER":
        reason = "it was given a key authorizer, but its API keys come from the header"
        problems.append(Problem(api_name, reason, "read it with api_key_source=AUTHORIZER"))
    if problems:
        raise ContractError(api_name, problems)
    schemes: JsonObject = {
        API_KEY: {"type": "apiKey", "name": API_KEY_HEADER, "in": "header"},
        COGNITO: {
            **_IN_AUTHORIZATION,
            AUTHTYPE: "cognito_user_pools",
            "x-amazon-apigateway-authorizer": {
                "type": "cognito_user_pools",
                "providerARNs": list(binding.user_pool_arns),
            },
        },
        KEY_AUTHORIZER: {
            **_IN_AUTHORIZATION,
            AUTHTYPE: "custom",
            "x-amazon-apigateway-authorizer": {
                "type": "request",
                "identitySource": "method.request.header.Authorization",
                "authorizerUri": binding.key_authorizer_uri,
                "authorizerResultTtlInSeconds": _KEY_AUTHORIZER_SECONDS,
            },
        },
        IAM: dict(SECURITY_SCHEMES[IAM]),
        **{
            authorizer.name: _scheme(authorizer, binding.authorizer_uris[authorizer.name])
            for authorizer in contract.authorizers
        },
    }
    used = {name for operation in operations for name in gateway_requirement(operation, binding)}
    return {name: scheme for name, scheme in schemes.items() if name in used}


def _scheme(authorizer: Authorizer, uri: Any) -> JsonObject:
    """AWS: "x-amazon-apigateway-authorizer object"."""
    asked: JsonObject = {
        "type": authorizer.asked_as,
        "authorizerUri": uri,
        "authorizerResultTtlInSeconds": authorizer.cache_seconds,
    }
    if authorizer.asked_as == "request":
        name = AUTHORIZATION
        if authorizer.identity_sources:
            asked["identitySource"] = ", ".join(authorizer.expressions())
    else:
        # The one header is the scheme's own name.
        [name] = authorizer.headers
        if authorizer.validation is not None:
            asked["identityValidationExpression"] = authorizer.validation
    return {
        **_IN_AUTHORIZATION,
        "name": name,
        AUTHTYPE: "custom",
        "x-amazon-apigateway-authorizer": asked,
    }


def _without_function(contract: Contract, binding: GatewayBinding) -> Iterator[Problem]:
    for authorizer in contract.authorizers:
        if authorizer.name not in binding.authorizer_uris:
            reason, remedy = "the API was given no function for it", "give it in authorizers"
            yield Problem(f"authorizer {authorizer.name}", reason, remedy)


def _missing(operations: list[Operation], binding: GatewayBinding) -> Iterator[Problem]:
    for operation in operations:
        schemes = gateway_requirement(operation, binding)
        if COGNITO in schemes and not binding.user_pool_arns:
            reason = "it uses cognito, but the API was given no user pool"
            yield Problem(operation.name, reason, "give user_pool_arns")
        if KEY_AUTHORIZER in schemes and binding.key_authorizer_uri is None:
            reason = "its API key comes from an authorizer, but the API was given none"
            yield Problem(operation.name, reason, "give key_authorizer")
