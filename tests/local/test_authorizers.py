"""Authorizers that a version declares by name, deployed, and asked over HTTP."""

import httpx
import pytest

from tests.local.issuer import Issuer
from tests.local.target import Target


@pytest.fixture(scope="module")
def vault(showcase: Target) -> httpx.Client:
    return showcase.http("vault-v1")


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def test_who_called_is_told(vault: httpx.Client, issuer: Issuer) -> None:
    token = issuer.token(["read:notes"], email="kim@example.com")
    answer = vault.get("notes", headers=bearer(token))
    assert answer.status_code == 200, answer.text
    assert answer.json()["authorizer"] == {
        "principalId": "kim",
        "sub": "kim",
        "iss": issuer.url,
        "scope": "read:notes",
        "email": "kim@example.com",
    }
