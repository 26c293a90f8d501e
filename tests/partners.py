"""A service whose callers are known by an authorizer, for copies of the platform."""

import shutil
from pathlib import Path
from typing import Any

from tests.synthesis import change_yaml

API = "partners-v1"

HANDLER = """
from gatewright.runtime import RestApp

app = RestApp()


@app.get("/orders", security=[{"api_key": []}])
def list_orders() -> list[str]:
    return []


@app.get("/orders/count", security=[{"api_key": []}])
def count_orders() -> int:
    return 0


@app.get("/open", security=[{}])
def say_hello() -> str:
    return "hello"
"""

CALLERS = """
from gatewright.runtime import Caller, key_authorizer


@key_authorizer
def authorize(authorization: str) -> Caller | None:
    scheme, _, key = authorization.partition(" ")
    return Caller(name="partner", api_key=key) if scheme == "Bearer" else None
"""


def add_partners(root: Path) -> Path:
    """Add the service to a copy of the platform, and its API to the plans demo and tiny."""
    service = root / "lambda_src" / "partners"
    service.mkdir()
    for name in ("requirements.in", "requirements.txt"):
        shutil.copy(root / "lambda_src" / "foods" / name, service)
    for name, text in {"__init__": "", "handler": HANDLER, "callers": CALLERS}.items():
        (service / f"{name}.py").write_text(text)
    change_yaml(root / "platform.yaml", _add)
    return root


def _add(platform: dict[str, Any]) -> None:
    version = {
        "routes": "partners.handler:app",
        "api_key_source": "authorizer",
        "key_authorizer": "partners.callers:authorize",
    }
    platform["services"]["partners"] = {"versions": {"v1": version}}
    for name in ("demo", "tiny"):
        platform["plans"][name]["apis"].append(API)
    limits = {API: {"list_orders": {"rate": 0.1, "burst": 2}}}
    platform["plans"]["demo"]["methods"] = limits
