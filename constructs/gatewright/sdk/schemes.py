"""How callers are known: what each security scheme of a document sends, and who can send it."""

from collections.abc import Mapping
from dataclasses import dataclass

from gatewright.contract.document import JsonObject
from gatewright.sdk.naming import camel

_AUTHTYPE = "x-amazon-apigateway-authtype"
_BEARER: JsonObject = {"type": "http", "scheme": "bearer"}


@dataclass(frozen=True, kw_only=True)
class Scheme:
    """One security scheme (OpenAPI 3.0.3, Security Scheme Object), as a client takes it.

    ``kind`` is ``key`` (a header), ``query`` (a query parameter), ``bearer``, ``basic``, ``sigv4``
    or ``other``, which no client sends. ``key`` is the name of that header or parameter, and
    ``before`` what stands in front of a key there. ``sent`` says for people what goes out.
    """

    name: str
    kind: str
    sent: str
    key: str = ""
    before: str = ""

    @property
    def is_key(self) -> bool:
        """Whether it is told as an API key, wherever that goes."""
        return self.kind in ("key", "query")

    @property
    def method(self) -> str:
        """What the Java client calls the method that sets it."""
        return camel(self.name)

    @property
    def told(self) -> JsonObject:
        """What the template of Java's credentials is told."""
        return {"method": self.method, "key": self.key, f"is{self.kind.title()}": True}


def scheme_of(name: str, given: JsonObject) -> Scheme:
    """The scheme of that name.

    An access token of OAuth 2.0 or OpenID Connect goes out as a bearer token (RFC 6750, 2.1); how a
    caller gets it is the caller's own. A cookie is the header of that name (RFC 6265, 4.2).
    """
    if given.get(_AUTHTYPE) == "awsSigv4":
        return Scheme(name=name, kind="sigv4", sent="a signature, AWS Signature Version 4")
    kind = given.get("type")
    word = str(given.get("scheme", "")).lower()
    if kind in ("oauth2", "openIdConnect") or (kind, word) == ("http", "bearer"):
        return Scheme(name=name, kind="bearer", sent="`Authorization: Bearer <token>`")
    if (kind, word) == ("http", "basic"):
        return Scheme(name=name, kind="basic", sent="`Authorization: Basic <user and password>`")
    if kind == "apiKey":
        return _key(name, str(given["in"]), str(given["name"]))
    return Scheme(name=name, kind="other", sent=f"`{word or kind}`")


def schemes_of(document: Mapping[str, JsonObject]) -> dict[str, Scheme]:
    """The schemes by name, in the document's order."""
    return {name: scheme_of(name, given) for name, given in document.items()}


def as_generated(name: str, given: JsonObject) -> JsonObject | None:
    """The scheme as the generator is told it, so that all of its clients can send it.

    Of a cookie and of OpenID Connect some of them make code that is no code. None for a scheme that
    no client sends.
    """
    found = scheme_of(name, given)
    if found.kind == "other":
        return None
    if found.kind == "bearer":
        return {**_BEARER, **{key: given[key] for key in ("bearerFormat",) if key in given}}
    if found.before:
        return {"type": "apiKey", "in": "header", "name": found.key}
    return given


def _key(name: str, place: str, key: str) -> Scheme:
    if place == "query":
        return Scheme(name=name, kind="query", sent=f"`?{key}=<key>`", key=key)
    if place == "cookie":
        sent = f"`Cookie: {key}=<key>`"
        return Scheme(name=name, kind="key", sent=sent, key="Cookie", before=f"{key}=")
    return Scheme(name=name, kind="key", sent=f"`{key}: <key>`", key=key)
