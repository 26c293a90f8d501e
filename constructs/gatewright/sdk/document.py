"""The public document of one API, as far as its clients are named and versioned by it."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gatewright.contract.document import METHODS, SCHEMAS, JsonObject, pointer
from gatewright.sdk.errors import SdkError
from gatewright.sdk.version import client_version

_API = re.compile(r"[a-z][a-z0-9-]*")
_JSON = re.compile(r"application/(?:[^;]+\+)?json\b", re.IGNORECASE)
_FORMS = ("multipart/form-data", "application/x-www-form-urlencoded")
_SIGV4 = "awsSigv4"


@dataclass(frozen=True)
class ApiDocument:
    """A document with its API's name, ``foods-v2``, and the version of its clients, ``2.1.0``."""

    api: str
    version: str
    content: JsonObject

    @property
    def service(self) -> str:
        """The API's name without its version: ``foods``."""
        return re.sub(r"-v[0-9]+$", "", self.api)

    @property
    def title(self) -> str:
        """The title in one line; the API's name where it is empty."""
        given = str(self.content["info"].get("title", ""))
        printable = "".join(one if one.isprintable() else " " for one in given)
        return " ".join(printable.split()) or self.api

    @property
    def schemes(self) -> JsonObject:
        """The security schemes, by name (OpenAPI 3.0.3, Security Scheme Object)."""
        found = self.content.get("components", {}).get("securitySchemes", {})
        return {name: self.resolved(scheme) for name, scheme in found.items()}

    @property
    def signed(self) -> bool:
        """Whether callers sign requests with AWS Signature Version 4.

        API Gateway tells so by `x-amazon-apigateway-authtype: awsSigv4` on a scheme (AWS:
        "x-amazon-apigateway-authtype property").
        """
        return any(
            scheme.get("x-amazon-apigateway-authtype") == _SIGV4 for scheme in self.schemes.values()
        )

    @property
    def forms(self) -> bool:
        """Whether a request is a form (HTML, `multipart/form-data` and the URL-encoded one)."""
        return any(
            kind.split(";")[0].strip().lower() in _FORMS
            for _, _, operation in self.operations()
            for kind in self.resolved(operation.get("requestBody", {})).get("content", {})
        )

    @property
    def error_model(self) -> str:
        """The schema component that most errors have, ``GatewayError``; empty without one."""
        found = Counter(
            name
            for _, _, operation in self.operations()
            for status, response in operation.get("responses", {}).items()
            if (status[0] in "45" or status == "default") and (name := self._model(response))
        )
        return found.most_common(1)[0][0] if found else ""

    @property
    def error_has_message(self) -> bool:
        """Whether the error model has a text called ``message``."""
        schemas = self.content.get("components", {}).get("schemas", {})
        model = schemas.get(self.error_model, {})
        return bool(model.get("properties", {}).get("message", {}).get("type") == "string")

    def _model(self, response: JsonObject) -> str:
        """The name of the schema component that a response has as JSON, or nothing."""
        schema = _schema_of(self.resolved(response).get("content", {}))
        reference = str(schema.get("$ref", ""))
        return reference.removeprefix(SCHEMAS) if reference.startswith(SCHEMAS) else ""

    def resolved(self, value: JsonObject) -> JsonObject:
        """What a reference within the document leads to (OpenAPI 3.0.3, Reference Object)."""
        seen: set[str] = set()
        while (reference := str(value.get("$ref", ""))).startswith("#/") and reference not in seen:
            seen.add(reference)
            found: Any = self.content
            for part in reference.removeprefix("#/").split("/"):
                found = found[part.replace("~1", "/").replace("~0", "~")]
            value = found
        return value

    def operations(self) -> Iterator[tuple[str, str, JsonObject]]:
        """Each operation as path, method and Operation Object, in the document's order."""
        for path, item in self.content["paths"].items():
            for method in METHODS:
                if method in item:
                    yield path, method.upper(), item[method]


def _schema_of(content: JsonObject) -> JsonObject:
    """The schema of what is JSON: `application/json`, `application/problem+json` (RFC 6839)."""
    for kind, media in content.items():
        if _JSON.match(kind):
            found: JsonObject = media.get("schema", {})
            return found
    return {}


def read_documents(folder: Path) -> tuple[ApiDocument, ...]:
    """The documents ``<api>.json`` of a folder, in the order of their names.

    Raises SdkError where there is none, or one that no client can be made from.
    """
    files = sorted(folder.glob("*.json"))
    if not files:
        raise SdkError(
            f"{folder}: there is no document, <api>.json",
            "write the documents first: make documents",
        )
    return tuple(read_document(file) for file in files)


def read_document(file: Path) -> ApiDocument:
    """One document, called as its API. Raises SdkError where no client can be made from it."""
    if not _API.fullmatch(file.stem):
        raise SdkError(
            f"{file}: {file.stem!r} cannot name an API",
            "name the file <api>.json, with lower-case letters, digits and hyphens: foods-v2.json",
        )
    try:
        content = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise SdkError(f"{file}: it cannot be read: {error}", _WRITE_AGAIN) from error
    problem = _problem(content)
    if problem:
        raise SdkError(f"{file}: {problem}", _WRITE_AGAIN)
    return ApiDocument(
        file.stem, client_version(content["info"].get("version"), str(file)), content
    )


_WRITE_AGAIN = "write it anew with make documents, or give OpenAPI 3 as JSON"


def _problem(content: Any) -> str:
    """What is wrong with a document, or nothing."""
    from openapi_spec_validator import validate
    from openapi_spec_validator.validation.exceptions import (
        OpenAPIValidationError,
        ValidatorDetectError,
    )
    from referencing.exceptions import Unresolvable

    if not isinstance(content, dict) or not str(content.get("openapi", "")).startswith("3."):
        return "it is no document of OpenAPI 3"
    try:
        validate(content)
    except ValidatorDetectError:
        return f"OpenAPI {content['openapi']} is not known"
    except OpenAPIValidationError as error:
        where = pointer(*getattr(error, "absolute_path", ()))
        return f"it breaks OpenAPI at {where or '/'}: {getattr(error, 'message', error)}"
    except Unresolvable as error:
        return f"the reference {error.ref} leads nowhere"
    return "" if content.get("paths") else "it has no paths, so there is nothing to call"
