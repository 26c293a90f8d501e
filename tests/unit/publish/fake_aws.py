"""An AWS in memory, behind boto3's own clients: what is called, and how often, is remembered."""

import base64
import io
from typing import Any

import botocore.session
from botocore.awsrequest import AWSResponse
from botocore.compat import HTTPHeaders
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, utils
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

_IAM = {"ListObjectsV2": "ListBucket"}
ENDPOINT = "https://shop.example/{format}/clients/"
TOKEN = "a-token-that-nobody-may-see"


class FakeAws:
    """``objects`` are what S3 has, ``secrets`` what Secrets Manager has, ``denied`` actions that
    are refused, such as `kms:Sign`. ``actions`` are those that were used."""

    def __init__(self) -> None:
        self.objects: dict[str, bytes] = {}
        self.secrets: dict[str, str] = {}
        self.denied: set[str] = set()
        self.actions: set[str] = set()
        self.parameters: list[dict[str, Any]] = []
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._session = botocore.session.Session()
        self._session.set_credentials("x", "x")
        hooks: Any = self._session
        hooks.register("before-parameter-build", self._remember)
        hooks.register("before-call", self._answer)

    def client(self, service: str) -> Any:
        return self._session.create_client(service, region_name="us-east-1")

    def _remember(self, params: dict[str, Any], **_: Any) -> None:
        self.parameters.append(dict(params))

    def _answer(self, model: Any, **_: Any) -> tuple[AWSResponse, dict[str, Any]]:
        action = f"{model.service_model.service_name}:{_IAM.get(model.name, model.name)}"
        self.actions.add(action)
        if action in self.denied:
            return _error(403, "AccessDeniedException", f"not authorized to perform: {action}")
        answer = getattr(self, f"_{model.name}")
        try:
            return _response(200), answer(**self.parameters[-1])
        except KeyError as missing:
            code = "NoSuchKey" if "s3" in action else "ResourceNotFoundException"
            return _error(404, code, f"there is no {missing}")

    def _ListObjectsV2(self, Prefix: str, **_: Any) -> dict[str, Any]:  # noqa: N802, N803
        names = sorted(name for name in self.objects if name.startswith(Prefix))
        return {"Contents": [{"Key": name} for name in names]}

    def _GetObject(self, Key: str, **_: Any) -> dict[str, Any]:  # noqa: N802, N803
        return {"Body": io.BytesIO(self.objects[Key])}

    def _PutObject(self, Key: str, Body: Any, **_: Any) -> dict[str, Any]:  # noqa: N802, N803
        # botocore made a file of it.
        self.objects[Key] = Body.read()
        return {}

    def _DeleteObject(self, Key: str, **_: Any) -> dict[str, Any]:  # noqa: N802, N803
        self.objects.pop(Key, None)
        return {}

    def _Sign(self, Message: bytes, MessageType: str, **_: Any) -> dict[str, Any]:  # noqa: N802, N803
        assert MessageType == "DIGEST"
        algorithm = ec.ECDSA(utils.Prehashed(hashes.SHA256()))
        return {"Signature": self._key.sign(Message, algorithm)}

    def _GetPublicKey(self, **_: Any) -> dict[str, Any]:  # noqa: N802
        key = self._key.public_key()
        return {"PublicKey": key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)}

    def _GetSecretValue(self, SecretId: str) -> dict[str, Any]:  # noqa: N802, N803
        return {"SecretString": self.secrets[SecretId]}

    def _GetAuthorizationToken(self, **_: Any) -> dict[str, Any]:  # noqa: N802
        return {"authorizationToken": TOKEN}

    def _GetRepositoryEndpoint(self, format: str, **_: Any) -> dict[str, Any]:  # noqa: N802
        return {"repositoryEndpoint": ENDPOINT.format(format=format)}


def basic(username: str, password: str) -> str:
    """RFC 7617."""
    return "Basic " + base64.b64encode(f"{username}:{password}".encode()).decode()


def _response(status: int) -> AWSResponse:
    return AWSResponse("", status, HTTPHeaders(), None)


def _error(status: int, code: str, message: str) -> tuple[AWSResponse, dict[str, Any]]:
    return _response(status), {"Error": {"Code": code, "Message": message}}
