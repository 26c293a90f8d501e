"""Security schemes in API Gateway's form."""

from gatewright.contract.binding import GatewayBinding
from gatewright.contract.contract import Operation
from gatewright.contract.document import JsonObject
from gatewright.contract.problems import ContractError, Problem
from gatewright.contract.security import API_KEY, API_KEY_HEADER, COGNITO


def gateway_security_schemes(
    api_name: str, operations: list[Operation], binding: GatewayBinding
) -> JsonObject:
    """The schemes that some operation uses.

    AWS: "x-amazon-apigateway-authorizer object". A Cognito authorizer is an apiKey in the header
    ``Authorization`` to OpenAPI. Raises ContractError when there is no user pool to ask.
    """
    used = {scheme for operation in operations for scheme in operation.schemes}
    if COGNITO in used and not binding.user_pool_arns:
        users = [operation.name for operation in operations if COGNITO in operation.schemes]
        reason = "it uses cognito, but the API was given no user pool"
        raise ContractError(
            api_name, [Problem(name, reason, "give user_pool_arns") for name in users]
        )
    schemes: JsonObject = {
        API_KEY: {"type": "apiKey", "name": API_KEY_HEADER, "in": "header"},
        COGNITO: {
            "type": "apiKey",
            "name": "Authorization",
            "in": "header",
            "x-amazon-apigateway-authtype": "cognito_user_pools",
            "x-amazon-apigateway-authorizer": {
                "type": "cognito_user_pools",
                "providerARNs": list(binding.user_pool_arns),
            },
        },
    }
    return {name: scheme for name, scheme in schemes.items() if name in used}
