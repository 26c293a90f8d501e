"""The schemas of a contract, as openapi-schema-validator reads them."""

import json
import re
from copy import copy
from typing import Any

from jsonschema import FormatChecker
from openapi_schema_validator import OAS30WriteValidator, oas30_format_checker
from referencing import Registry
from referencing.jsonschema import DRAFT4
from rfc3339_validator import validate_rfc3339

_CONTRACT = "urn:contract"
# RFC 3986, appendix A: a scheme, and none of the characters that no URI has.
_URI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]*")


def _formats() -> FormatChecker:
    """The library's, but for times, which are Python's there, and what it does not look at."""
    found = copy(oas30_format_checker)
    found.checkers = dict(found.checkers)
    found.checks("time")(_is_time)
    found.checks("uri")(_is_uri)
    # Of these, descriptions give examples that RFC 5892 and RFC 6901 do not have.
    for name in ("idn-hostname", "json-pointer"):
        found.checkers.pop(name, None)
    return found


def _is_time(value: object) -> bool:
    return not isinstance(value, str) or bool(validate_rfc3339(f"2026-11-25T{value}"))


def _is_uri(value: object) -> bool:
    return not isinstance(value, str) or _URI.fullmatch(value) is not None


class Schemas:
    """Checks values of requests: what is readOnly is not asked of them."""

    def __init__(self, contract: dict[str, Any]) -> None:
        self.contract = contract = _as_read(contract)
        self._registry: Registry[Any] = Registry().with_resource(
            _CONTRACT, DRAFT4.create_resource(contract)
        )
        self._formats = _formats()
        self._validators: dict[str, Any] = {}

    def problem(self, value: Any, schema: Any) -> str:
        """Why ``value`` is not as ``schema`` says; empty if it is."""
        error = next(self._validator(schema).iter_errors(value), None)
        return "" if error is None else str(error.message)[:200]

    def resolved(self, schema: Any) -> Any:
        """``schema``, or what its reference leads to."""
        while "$ref" in schema:
            schema = self.contract["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
        return schema

    def _validator(self, schema: Any) -> Any:
        # References are made absolute: a schema inside the contract has no place of its own.
        text = json.dumps(schema).replace('"$ref": "#/', f'"$ref": "{_CONTRACT}#/')
        if text not in self._validators:
            self._validators[text] = OAS30WriteValidator(
                json.loads(text), registry=self._registry, format_checker=self._formats
            )
        return self._validators[text]


def _as_read(value: Any) -> Any:
    """A contract as most tools read it.

    Discriminators are hints (OpenAPI 3.0.3, Discriminator Object), and the library fails on some;
    ``nullable`` allows null beside anyOf and oneOf, too.
    """
    if isinstance(value, list):
        return [_as_read(item) for item in value]
    if not isinstance(value, dict):
        return value
    out = {name: _as_read(child) for name, child in value.items() if not _is_hint(name, child)}
    if out.get("nullable") is True and "type" not in out and {"anyOf", "oneOf"} & set(out):
        del out["nullable"]
        return {"anyOf": [{"enum": [None]}, out]}
    return out


def _is_hint(name: str, child: Any) -> bool:
    return name == "discriminator" and isinstance(child, dict) and "propertyName" in child
