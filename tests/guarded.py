"""A service by routes, with an authorizer of every type, for the tests of templates."""

from pathlib import Path
from typing import Any

from tests.synthesis import change_yaml

API = "guarded-v1"

_HANDLER = '''"""Operations that each ask for another authorizer."""

from gatewright.runtime import RestApp

app = RestApp()


@app.get("/partner", security=[{"partner": ["partners:read"]}])
def partner() -> str:
    """For partners."""
    return "partner"


@app.get("/tenant", security=[{"tenant": [], "api_key": []}])
def tenant() -> str:
    """For tenants, with a key."""
    return "tenant"


@app.get("/notes", security=[{"login": ["read:notes"]}])
def notes() -> str:
    """For those who signed in."""
    return "notes"


@app.get("/signed", security=[{"iam": []}])
def signed() -> str:
    """For signers."""
    return "signed"
'''

_CALLERS = '''"""Who calls."""

from gatewright.runtime import Identity, Request, request_authorizer, token_authorizer


@token_authorizer
def partner(header: str) -> Identity | None:
    """Know nobody."""
    return None


@request_authorizer
def tenant(request: Request) -> Identity | None:
    """Know nobody."""
    return None
'''

AUTHORIZERS: dict[str, Any] = {
    "partner": {"type": "token", "function": "guarded.callers:partner", "as": "bearer"},
    "tenant": {
        "type": "request",
        "function": "guarded.callers:tenant",
        "identity_sources": ["header.X-Tenant", "query.key"],
    },
    "login": {
        "type": "jwt",
        "issuer": "https://login.example.com/",
        "audience": ["notes"],
        "as": "openid",
    },
}
POLICY: dict[str, Any] = {
    "allow": [{"principals": ["111111111111"]}, {"source_ips": ["203.0.113.0/24"]}],
    "deny": [{"source_ips": ["203.0.113.9"], "vpc_endpoints": ["vpce-0123456789abcdef0"]}],
}


def add_guarded(root: Path) -> Path:
    """Add the service to the platform in ``root``, and return that."""
    folder = root / "lambda_src" / "guarded"
    folder.mkdir()
    (folder / "__init__.py").touch()
    (folder / "handler.py").write_text(_HANDLER)
    (folder / "callers.py").write_text(_CALLERS)
    requirements = root / "lambda_src" / "foods" / "requirements.txt"
    (folder / "requirements.txt").write_bytes(requirements.read_bytes())
    version = {
        "routes": "guarded.handler:app",
        "authorizers": AUTHORIZERS,
        "resource_policy": POLICY,
    }
    change_yaml(
        root / "platform.yaml",
        lambda file: file["services"].update(guarded={"versions": {"v1": version}}),
    )
    return root
