"""Checksums that `sha256sum --check` reads, and signatures that `openssl dgst -verify` accepts."""

import hashlib

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import load_pem_public_key

from gatewright.publish.errors import PublishError
from gatewright.publish.signing import KmsSigner, checksums, read_checksums
from tests.unit.publish.fake_aws import FakeAws

KEY = "arn:aws:kms:us-east-1:111111111111:key/one"


def test_the_signature_is_of_the_content_and_the_public_key_tells() -> None:
    signer = KmsSigner(KEY, FakeAws().client("kms"))
    key = load_pem_public_key(signer.public_key())
    assert isinstance(key, ec.EllipticCurvePublicKey)
    signature = signer.sign(b"sums")
    key.verify(signature, b"sums", ec.ECDSA(hashes.SHA256()))
    with pytest.raises(InvalidSignature):
        key.verify(signature, b"other sums", ec.ECDSA(hashes.SHA256()))


def test_the_key_is_asked_for_as_its_kind_demands() -> None:
    aws = FakeAws()
    KmsSigner(KEY, aws.client("kms")).sign(b"sums")
    assert aws.parameters == [
        {
            "KeyId": KEY,
            "Message": hashlib.sha256(b"sums").digest(),
            "MessageType": "DIGEST",
            "SigningAlgorithm": "ECDSA_SHA_256",
        }
    ]


@pytest.mark.parametrize("action", ["kms:Sign", "kms:GetPublicKey"])
def test_a_key_that_may_not_sign_is_named(action: str) -> None:
    aws = FakeAws()
    aws.denied.add(action)
    signer = KmsSigner(KEY, aws.client("kms"))
    with pytest.raises(PublishError, match=f"key/one: .*allow {action}"):
        signer.sign(b"") if action == "kms:Sign" else signer.public_key()


def test_checksums_are_sorted_and_keep_those_that_are_known() -> None:
    other = "0" * 64
    sums = checksums({"b": b"b", "a/c": b"c"}, {"aa": other})
    lines = sums.decode().splitlines()
    assert lines == [
        f"{hashlib.sha256(b'c').hexdigest()}  a/c",
        f"{other}  aa",
        f"{hashlib.sha256(b'b').hexdigest()}  b",
    ]
    assert read_checksums(sums)["aa"] == other
