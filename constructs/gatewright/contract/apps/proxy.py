"""The contract of an app that tells nobody its routes: every path, to the app."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from gatewright.contract.authorizer import Authorizer
from gatewright.contract.check import contract_problems
from gatewright.contract.contract import Contract, KeySource
from gatewright.contract.normalise import used_schemes
from gatewright.contract.problems import ContractError
from gatewright.contract.security import security_schemes

ANY_BYTES = ("*/*",)
"""API Gateway hands every body on as base64, and decodes every answer that is.

AWS: "Binary support for REST APIs". A browser's Accept header names what it likes best first, and
API Gateway looks at that name alone, so that nothing less would give it an image.
"""

_GREEDY = "proxy"


def proxy_contract(
    *,
    name: str,
    version: str,
    title: str,
    methods: Sequence[str],
    security: Sequence[Mapping[str, Sequence[str]]],
    place: str,
    authorizers: Sequence[Authorizer] = (),
    api_key_source: KeySource = "HEADER",
) -> Contract:
    """The contract of ``/`` and of ``/{proxy+}``, each with ``methods``.

    ``security`` is what each of them asks for (OpenAPI 3.0.3, Security Requirement Object);
    ``place`` is where both were written, ``file:line``; ``authorizers`` are those that it may name.
    The app checks the rest. Raises ContractError.

    AWS: "Set up a proxy integration with a proxy resource".
    """
    required = [{key: list(scopes) for key, scopes in item.items()} for item in security]
    paths = {
        "/": {m.lower(): _operation(m, required, greedy=False) for m in methods},
        f"/{{{_GREEDY}+}}": {m.lower(): _operation(m, required, greedy=True) for m in methods},
    }
    document = {
        "openapi": "3.0.3",
        "info": {"title": title, "version": version},
        "paths": paths,
        "components": {"securitySchemes": used_schemes(paths, security_schemes(authorizers))},
    }
    contract = Contract(
        name=name,
        version=version,
        title=title,
        text=json.dumps(document),
        backend_validates=True,
        any_body=True,
        binary_media_types=ANY_BYTES,
        authorizers=tuple(authorizers),
        api_key_source=api_key_source,
        sources={f"{m} {path}": place for path in paths for m in methods},
    )
    if problems := list(contract_problems(contract)):
        raise ContractError(contract.api_name, problems)
    return contract


def _operation(
    method: str, security: list[dict[str, list[str]]], *, greedy: bool
) -> dict[str, Any]:
    words = method.lower()
    out: dict[str, Any] = {
        "operationId": f"{words}_path" if greedy else f"{words}_root",
        "security": security,
        "responses": {"default": {"description": "What the app answers."}},
    }
    if greedy:
        path = {"name": _GREEDY, "in": "path", "required": True, "schema": {"type": "string"}}
        out["parameters"] = [path]
    return out
