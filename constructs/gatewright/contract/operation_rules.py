"""What an operation may say for API Gateway to keep it."""

import re
from collections.abc import Callable, Collection, Iterator

from gatewright.contract.contract import JSON, Operation
from gatewright.contract.paths import path_parameters
from gatewright.contract.problems import Problem

MEDIA_TYPE = JSON

_OPERATION_ID = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_TEXT = re.compile(
    r"text/.+|.+\+(?:json|xml)|application/(?:json|xml|x-www-form-urlencoded|x-ndjson|.+-json)"
)
# RFC 9110, section 8.3.1, and the ranges of OpenAPI 3.0.3, Request Body Object.
_MEDIA_TYPE = re.compile(r"[^\s/;]+/[^\s/;]+\s*(?:;.*)?")
_BODILESS_METHODS = {"GET", "HEAD", "DELETE"}


def method_problems(operation: Operation) -> Iterator[Problem]:
    """AWS: a REST API's methods are DELETE, GET, HEAD, OPTIONS, PATCH, POST and PUT."""
    if operation.method == "TRACE":
        yield _problem(operation, "API Gateway has no TRACE", "use another method")


def operation_id_problems(operation: Operation) -> Iterator[Problem]:
    """It names the operation in SDKs, logs and breaking-change reports."""
    name = operation.operation_id
    if name is None or not _OPERATION_ID.fullmatch(name):
        reason = f"its operation id is {name!r}" if name else "it has no operation id"
        remedy = "use letters, digits and underscores, beginning with a letter"
        yield _problem(operation, reason, remedy, "operationId")


def parameter_problems(operation: Operation) -> Iterator[Problem]:
    """Every parameter of the path is declared, and every declared one is in the path."""
    in_path = path_parameters(operation.path)
    declared = [item["name"] for item in operation.parameters if item["in"] == "path"]
    for name in in_path:
        if name not in declared:
            remedy = f"declare {name} as a required parameter in path"
            yield _problem(operation, f"the path has {{{name}}} but no such parameter", remedy)
    for name in declared:
        if name not in in_path:
            remedy = f"put {{{name}}} (in Powertools <{name}>) into the path, or remove it"
            yield _problem(operation, f"the parameter {name} is not in the path", remedy)


def body_problems(operation: Operation) -> Iterator[Problem]:
    """API Gateway validates a body by the model of its media type; we have models for JSON."""
    if operation.body is None:
        return
    if operation.method in _BODILESS_METHODS:
        reason = f"a {operation.method} with a body: OpenAPI 3.0.3 and many clients ignore it"
        remedy = "use POST, PUT or PATCH, or take the values as query parameters"
        yield _problem(operation, reason, remedy, "requestBody")
    if not operation.body.get("required") and not operation.any_body:
        # With the model, API Gateway refuses a request without a body; without it, nothing is
        # validated at the gateway.
        reason = "its body is optional, which API Gateway cannot validate"
        remedy = "make the body required, or declare two operations: one with it and one without"
        yield _problem(operation, reason, remedy, "requestBody")
    for media_type, media in operation.body.get("content", {}).items():
        place = ("requestBody", "content", media_type)
        if not _MEDIA_TYPE.fullmatch(media_type):
            reason = f"a body of {media_type!r}, which is no media type"
            yield _problem(operation, reason, f"write {MEDIA_TYPE}, or another one", *place)
        elif operation.any_body and _is_made_text(media_type, operation.binary_media_types):
            # AWS: "Binary support for REST APIs": without binary media types a body is text.
            reason = f"a body of {media_type}, of which API Gateway would make text"
            remedy = (
                "add it to binary_media_types in platform.yaml, take it as base64 in JSON, or have "
                "it uploaded to S3 by a presigned URL"
            )
            yield _problem(operation, reason, remedy, *place)
        elif media_type != MEDIA_TYPE and not operation.any_body:
            reason = f"a body of {media_type}, which nothing would validate at the gateway"
            yield _problem(operation, reason, f"use {MEDIA_TYPE}", *place)
        elif "schema" not in media and not operation.any_body:
            yield _problem(operation, "its body has no schema", "declare a model", *place)
    if not operation.body.get("content"):
        remedy = f"declare a model for {MEDIA_TYPE}"
        yield _problem(operation, "its body has no media type", remedy, "requestBody")


def _is_made_text(media_type: str, binary: Collection[str]) -> bool:
    plain = media_type.partition(";")[0].strip().lower()
    kept = {plain, f"{plain.partition('/')[0]}/*", "*/*"} & {name.lower() for name in binary}
    return not kept and _TEXT.fullmatch(plain) is None


OPERATION_RULES: tuple[Callable[[Operation], Iterator[Problem]], ...] = (
    method_problems,
    operation_id_problems,
    parameter_problems,
    body_problems,
)


def _problem(operation: Operation, reason: str, remedy: str, *place: str) -> Problem:
    return Problem(operation.name, reason, remedy, operation.pointer(*place), operation.source)
