"""An OpenID Connect issuer on this machine, and tokens of it, good and bad."""

import json
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

AUDIENCE = "vault"
DISCOVERY = "/.well-known/openid-configuration"


@dataclass(frozen=True)
class Issuer:
    """Signs with RSA, or with an elliptic curve; ``url`` is its ``iss``."""

    url: str
    rsa_key: rsa.RSAPrivateKey = field(
        default_factory=lambda: rsa.generate_private_key(public_exponent=65537, key_size=2048)
    )
    ec_key: ec.EllipticCurvePrivateKey = field(
        default_factory=lambda: ec.generate_private_key(ec.SECP256R1())
    )

    @cached_property
    def keys(self) -> dict[str, Any]:
        """What it publishes (RFC 7517)."""
        of_rsa = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self.rsa_key.public_key()))
        of_ec = json.loads(jwt.algorithms.ECAlgorithm.to_jwk(self.ec_key.public_key()))
        return {
            "keys": [
                {**of_rsa, "kid": "rsa", "use": "sig", "alg": "RS256"},
                {**of_ec, "kid": "ec", "use": "sig"},
            ]
        }

    def token(
        self,
        scopes: Sequence[str] = (),
        *,
        key: Any = None,
        algorithm: str = "RS256",
        headers: Mapping[str, Any] | None = None,
        **claims: Any,
    ) -> str:
        """A token for the showcase; a claim of None is left out."""
        made = {
            "iss": self.url,
            "aud": AUDIENCE,
            "sub": "kim",
            "scope": " ".join(scopes),
            "exp": int(time.time()) + 600,
            **claims,
        }
        return jwt.encode(
            {name: value for name, value in made.items() if value is not None},
            key or (self.ec_key if algorithm == "ES256" else self.rsa_key),
            algorithm=algorithm,
            headers={"kid": "ec" if algorithm == "ES256" else "rsa", **(headers or {})},
        )

    def public_pem(self) -> bytes:
        """The public key as text, which a broken verifier takes for a secret."""
        return self.rsa_key.public_key().public_bytes(
            Encoding.PEM, PublicFormat.SubjectPublicKeyInfo
        )


@contextmanager
def serving_issuer() -> Iterator[Issuer]:
    """The issuer, answering on a free port."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    issuer = Issuer(f"http://127.0.0.1:{server.server_port}/issuer")
    server.issuer = issuer  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield issuer
    finally:
        server.shutdown()
        server.server_close()


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        issuer: Issuer = self.server.issuer  # type: ignore[attr-defined]
        documents = {
            f"/issuer{DISCOVERY}": {"issuer": issuer.url, "jwks_uri": f"{issuer.url}/keys"},
            "/issuer/keys": issuer.keys,
            "/issuer/large": {"keys": "x" * 300_000},
        }
        found = self.path in documents
        content = json.dumps(documents[self.path]).encode() if found else b"junk"
        status = 302 if self.path == "/issuer/elsewhere" else 404
        self.send_response(200 if found or self.path == "/issuer/text" else status)
        self.send_header("Location", f"{issuer.url}/keys")
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_arguments: Any) -> None:
        """Say nothing: the tests do."""
