"""What each operation of a document is called with."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from gatewright.checks.artifact import Document
from gatewright.checks.contract.calls import requirement
from gatewright.checks.credentials import Credentials, NoCredentialsError

_METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")


@dataclass(frozen=True, kw_only=True)
class Operations:
    """The operations of one API, as schemathesis names them: ``GET /foods``.

    ``headers`` are the credentials of each that is called, none where it is open. ``left_out`` are
    those for which there are no credentials, and why.
    """

    headers: Mapping[str, Mapping[str, str]] = field(repr=False)
    left_out: Mapping[str, str]


def operations_of(document: Document, credentials: Credentials) -> Operations:
    """Fetch the credentials that each operation of ``document`` asks for. Raises CheckError."""
    headers: dict[str, Mapping[str, str]] = {}
    left_out: dict[str, str] = {}
    for path, item in document["paths"].items():
        for method in _METHODS:
            if method not in item:
                continue
            label = f"{method.upper()} {path}"
            try:
                headers[label] = credentials.headers(requirement(document, item[method]))
            except NoCredentialsError as error:
                left_out[label] = str(error)
    return Operations(headers=headers, left_out=left_out)
