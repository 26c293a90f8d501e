"""Pairs of what an operation asks for, and what the one is to the other, there and back."""

from typing import Any

KEY = {"type": "apiKey", "in": "header", "name": "x-api-key"}
AUTHORIZATION = {"type": "apiKey", "in": "header", "name": "Authorization"}
OTHER_KEY = {"type": "apiKey", "in": "query", "name": "key"}
TOKEN = {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"}
FLOW = {"tokenUrl": "https://a.example/token", "scopes": {"read": "Read"}}
OAUTH = {"type": "oauth2", "flows": {"clientCredentials": FLOW}}
MORE_FLOWS = {"type": "oauth2", "flows": {"clientCredentials": FLOW, "password": FLOW}}
OTHER_FLOW = {
    "type": "oauth2",
    "flows": {"clientCredentials": {**FLOW, "tokenUrl": "https://b.example/token"}},
}
SCHEMES = {"key": KEY, "token": TOKEN, "oauth": OAUTH}

Security = list[dict[str, list[str]]]
KEY_ONLY: Security = [{"key": []}]
EITHER: Security = [{"key": []}, {"token": []}]
BOTH: Security = [{"key": [], "token": []}]

# id: requirements before and after, kinds of change there and back
REQUIREMENTS: dict[str, tuple[Security, Security, str, str]] = {
    "open or not": ([{}], KEY_ONLY, "security-added", "security-removed"),
    "nothing said or not": ([], KEY_ONLY, "security-added", "security-removed"),
    "anybody besides": (
        [{}, {"key": []}], KEY_ONLY, "security-added", "security-removed",
    ),
    "an alternative": (
        KEY_ONLY, EITHER, "security-alternative-added", "security-alternative-removed",
    ),
    "one besides": (KEY_ONLY, BOTH, "security-scheme-added", "security-scheme-removed"),
    "another": (KEY_ONLY, [{"token": []}], "security-scheme-changed", "security-scheme-changed"),
    "a scope": (
        [{"oauth": []}], [{"oauth": ["read"]}], "security-scope-added", "security-scope-removed",
    ),
    "two scopes": (
        [{"oauth": ["read"]}], [{"oauth": ["write"]}],
        "security-scope-added security-scope-removed",
        "security-scope-added security-scope-removed",
    ),
    "both or either": (
        BOTH, EITHER, "security-scheme-removed security-scheme-removed",
        "security-alternative-removed security-scheme-added",
    ),
}  # fmt: skip

_WORDS = ("documentation-changed", "documentation-changed")
# id: schemes before and after, kinds of change there and back
DEFINITIONS: dict[str, tuple[Any, Any, str, str]] = {
    "where a key is": (KEY, OTHER_KEY, "security-scheme-changed", "security-scheme-changed"),
    "a flow more": (OAUTH, MORE_FLOWS, "security-flow-added", "security-scheme-changed"),
    "where tokens are": (OAUTH, OTHER_FLOW, "security-scheme-changed", "security-scheme-changed"),
    "the format of a token": (TOKEN, {**TOKEN, "bearerFormat": "opaque"}, *_WORDS),
    "a signature": (
        AUTHORIZATION,
        {**AUTHORIZATION, "x-amazon-apigateway-authtype": "awsSigv4"},
        "security-scheme-changed",
        "security-scheme-changed",
    ),
    "how a token is checked": (
        AUTHORIZATION,
        {**AUTHORIZATION, "x-amazon-apigateway-authtype": "custom"},
        "",
        "",
    ),
    "words": (KEY, {**KEY, "description": "Ask us."}, *_WORDS),
    "a scope that is offered": (
        OAUTH,
        {"type": "oauth2", "flows": {"clientCredentials": {**FLOW, "scopes": {}}}},
        *_WORDS,
    ),
    "the case of a header": (KEY, {**KEY, "name": "X-API-Key"}, "", ""),
}
