"""Checksums of what is published, and their signature."""

import base64
import hashlib
import textwrap
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Protocol

from gatewright.publish.errors import PublishError

SUMS = "SHA256SUMS"
SIGNATURE = "SHA256SUMS.sig"
PUBLIC_KEY = "signing-key.pem"

_ALGORITHM = "ECDSA_SHA_256"


class Signer(Protocol):
    """What signs checksums."""

    def sign(self, content: bytes) -> bytes:
        """The signature in DER, as `openssl dgst -sha256 -verify` reads it."""

    def public_key(self) -> bytes:
        """The public key in PEM."""


class KmsSigner:
    """A key of KMS: its key spec is ECC_NIST_P256 and its usage SIGN_VERIFY. ``kms`` is boto3's.

    AWS: "Sign" in the API reference of KMS.
    """

    def __init__(self, key: str, kms: Any) -> None:
        self._key = key
        self._kms = kms

    def sign(self, content: bytes) -> bytes:
        with self._told("kms:Sign"):
            answer = self._kms.sign(
                KeyId=self._key,
                Message=hashlib.sha256(content).digest(),
                MessageType="DIGEST",
                SigningAlgorithm=_ALGORITHM,
            )
            signature: bytes = answer["Signature"]
            return signature

    def public_key(self) -> bytes:
        with self._told("kms:GetPublicKey"):
            return _pem(self._kms.get_public_key(KeyId=self._key)["PublicKey"])

    @contextmanager
    def _told(self, action: str) -> Iterator[None]:
        from botocore.exceptions import BotoCoreError, ClientError

        try:
            yield
        except (BotoCoreError, ClientError) as error:
            raise PublishError(
                f"the signing key {self._key}: {error}. It must be an enabled key of KMS, "
                "ECC_NIST_P256 and SIGN_VERIFY, and its policy and that of who runs this must "
                f"allow {action}."
            ) from None


def checksums(contents: Mapping[str, bytes], others: Mapping[str, str]) -> bytes:
    """Lines as `sha256sum --check` reads them, by name. ``others`` are sums that are known."""
    sums = {
        **others,
        **{name: hashlib.sha256(content).hexdigest() for name, content in contents.items()},
    }
    return "".join(f"{sums[name]}  {name}\n" for name in sorted(sums)).encode()


def read_checksums(content: bytes) -> dict[str, str]:
    """The sums by name."""
    lines = (line.partition("  ") for line in content.decode().splitlines())
    return {name: digest for digest, _, name in lines if name}


def _pem(der: bytes) -> bytes:
    """RFC 7468: lines of 64 characters."""
    lines = textwrap.wrap(base64.b64encode(der).decode(), 64)
    return "\n".join(
        ["-----BEGIN PUBLIC KEY-----", *lines, "-----END PUBLIC KEY-----", ""]
    ).encode()
