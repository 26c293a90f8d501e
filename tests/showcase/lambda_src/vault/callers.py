"""Who may open the vault: partners by a token of theirs, tenants by two headers."""

import uuid

from gatewright.runtime import Identity, Request, request_authorizer, token_authorizer

# By token; a service of one's own asks a table, or somebody else.
_PARTNERS = {
    "acme": Identity(principal="acme", scopes=["partners:write"], context={"tier": 1}),
    "reader": Identity(principal="reader"),
}


@token_authorizer
def partner(header: str) -> Identity | None:
    """Know the partners; each invocation marks its answer, so that a cached one shows."""
    if header == "Token broken":
        raise RuntimeError("the partners cannot be asked")
    known = _PARTNERS.get(header.removeprefix("Token "))
    if known is None:
        return None
    mark = {**known.context, "mark": uuid.uuid4().hex}
    return Identity(principal=known.principal, scopes=known.scopes, context=mark)


@request_authorizer
def tenant(request: Request) -> Identity | None:
    """Know a tenant by its name and its key together."""
    name, key = request.header("X-Tenant"), request.query("key")
    if key == "peek":
        request.header("User-Agent")
    return Identity(principal=name, context={"key": key}) if key == f"{name}-key" else None
