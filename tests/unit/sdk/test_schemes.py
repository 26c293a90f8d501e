"""How callers are known."""

from pathlib import Path

import pytest

from gatewright.contract.document import JsonObject
from gatewright.sdk.client_names import ClientNames
from gatewright.sdk.document import ApiDocument
from gatewright.sdk.languages import LANGUAGES
from gatewright.sdk.names import names_of
from gatewright.sdk.packages.sources import Sources
from gatewright.sdk.pages import readme
from gatewright.sdk.schemes import as_generated, scheme_of
from gatewright.sdk.specification import specification
from tests.unit.sdk.documents import SCHEMES, SIGNED, content, operation

TOLD = {
    "basic": ("basic", "`Authorization: Basic <user and password>`"),
    "bearer": ("bearer", "`Authorization: Bearer <token>`"),
    "oauth2": ("bearer", "`Authorization: Bearer <token>`"),
    "oidc": ("bearer", "`Authorization: Bearer <token>`"),
    "header": ("key", "`x-key: <key>`"),
    "query": ("query", "`?x-key=<key>`"),
    "cookie": ("key", "`Cookie: x-key=<key>`"),
    "digest": ("other", "`digest`"),
    "tls": ("other", "`mutualTLS`"),
}


def with_scheme(given: JsonObject) -> ApiDocument:
    get = operation("list_foods", security=[{"my-scheme": ["read"]}])
    found = content({"/foods": {"get": get}})
    found["components"]["securitySchemes"] = {"my-scheme": given}
    return ApiDocument("foods-v2", "2.0.0", found)


@pytest.mark.parametrize("kind", SCHEMES)
def test_what_is_sent(kind: str) -> None:
    found = scheme_of("a", SCHEMES[kind])
    assert (found.kind, found.sent) == TOLD[kind]


def test_a_signature() -> None:
    assert scheme_of("a", SIGNED).kind == "sigv4"
    assert as_generated("a", SIGNED) == SIGNED


@pytest.mark.parametrize("kind", SCHEMES)
@pytest.mark.parametrize("language", [one.name for one in LANGUAGES])
def test_a_readme_says_how_or_that_it_is_not_sent(language: str, kind: str) -> None:
    document = with_scheme(SCHEMES[kind])
    names = names_of(document, "gatewright", "")
    given = Sources(document=document, names=names, client=ClientNames(language), folder=Path())
    page = readme(given)
    assert "## Call" in page
    assert f"| `my-scheme` | {TOLD[kind][1]} |" in page
    unsent = kind in ("digest", "tls") or (language, kind) == ("swift", "query")
    assert ("not by this client" in page) == unsent


@pytest.mark.parametrize("kind", ["oauth2", "oidc"])
def test_the_generator_sees_a_token(kind: str) -> None:
    found = specification(with_scheme(SCHEMES[kind]))
    assert found["components"]["securitySchemes"] == {
        "my-scheme": {"type": "http", "scheme": "bearer"}
    }
    assert found["paths"]["/foods"]["get"]["security"] == [{"my-scheme": []}]


def test_the_generator_sees_the_header_of_a_cookie() -> None:
    assert as_generated("a", SCHEMES["cookie"]) == {
        "type": "apiKey",
        "in": "header",
        "name": "Cookie",
    }


def test_the_generator_does_not_see_what_no_client_sends() -> None:
    found = specification(with_scheme(SCHEMES["digest"]))
    assert found["components"]["securitySchemes"] == {}
    assert found["paths"]["/foods"]["get"]["security"] == [{}]
