"""A Cognito authorizer takes identity tokens, or access tokens where the method asks for scopes.

"If the OAuth Scopes option isn't specified, API Gateway treats the supplied token as an identity
token [...]. Otherwise, API Gateway treats the supplied token as an access token and verifies the
access scopes". ministack takes both kinds without scopes.
https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-enable-cognito-user-pool.html
https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-tokens-with-identity-providers.html
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from local.gaps.patch import Function, Patch

API = "ministack.services.apigateway_v1"


def by_scopes(original: Function) -> Function:
    """Refuse a good token of the other kind like a bad one."""

    async def validate(authorizer: Any, method: Mapping[str, Any], *arguments: Any) -> Any:
        from ministack.services import apigateway_v1

        claims, error = await original(authorizer, method, *arguments)
        wanted = "access" if method.get("authorizationScopes") else "id"
        if error is None and claims.get("token_use") != wanted:
            return None, apigateway_v1._gw_error("UNAUTHORIZED", "Unauthorized")
        return claims, error

    return validate


PATCHES = (Patch(API, "_validate_cognito_authorizer", by_scopes),)
