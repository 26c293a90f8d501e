"""Proof to an outside service that a request is ours and is new.

``X-Gatewright-Signature`` is ``sha256=<hex>``: the HMAC (RFC 2104), with the secret that both know,
of the timestamp, a full stop and the body. ``X-Gatewright-Timestamp`` is in Unix seconds; a service
should refuse one that is more than five minutes old.
"""

import hmac

TIMESTAMP = "X-Gatewright-Timestamp"
SIGNATURE = "X-Gatewright-Signature"


def signature(secret: str, timestamp: str, body: bytes) -> str:
    """The value of X-Gatewright-Signature."""
    return "sha256=" + hmac.digest(secret.encode(), f"{timestamp}.".encode() + body, "sha256").hex()


def signed_headers(secret: str, now: float, body: bytes) -> dict[str, str]:
    """The two headers of a request with ``body`` that is sent ``now``, a Unix time."""
    timestamp = str(int(now))
    return {TIMESTAMP: timestamp, SIGNATURE: signature(secret, timestamp, body)}
