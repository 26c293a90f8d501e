"""`x-amazon-apigateway-integration` becomes the method's integration and its responses.

https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-integration.html
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from local.gaps.openapi.document import Document
from local.gaps.openapi.tree import Record

_TYPES = frozenset({"AWS", "AWS_PROXY", "HTTP", "HTTP_PROXY", "MOCK"})
_SERVICE = re.compile(r"arn:[^:]+:apigateway:.+:(?:path|action)/")
_ENDPOINT = re.compile(r"https?://.|\$\{stageVariables\.")
_SOURCE = re.compile(
    r"'.*'|(?:context|stageVariables)\..+|method\.request\.body(?:[.\[].+)?"
    r"|method\.request\.(?:path|(?:multivalue)?(?:querystring|header))\..+",
    re.DOTALL,
)
_ANSWERED = re.compile(
    r"'.*'|(?:context|stageVariables)\..+|integration\.response\.body(?:[.\[].+)?"
    r"|integration\.response\.(?:multivalue)?header\..+",
    re.DOTALL,
)
_AS_GIVEN = (
    "httpMethod",
    "uri",
    "connectionId",
    "credentials",
    "contentHandling",
    "tlsConfig",
    "responseTransferMode",
    "integrationTarget",
)


def integration_of(
    document: Document,
    operation: Mapping[str, Any],
    method: Record,
    resource_id: str,
    where: str,
) -> Record | None:
    """The integration of an operation, None when it names none."""
    node = operation.get("x-amazon-apigateway-integration")
    if node is None:
        return None
    source = document.resolve(node)
    kind = str(source.get("type", "")).upper()
    if kind not in _TYPES:
        document.refuse(f"Invalid integration type '{source.get('type')}' for {where}")
    _check_uri(document, kind, str(source.get("uri") or ""), where)
    parameters = _texts(source.get("requestParameters"))
    _check_sources(document, parameters.values(), method["requestParameters"], where)
    return {
        "type": kind,
        **{key: source.get(key) for key in _AS_GIVEN},
        "uri": source.get("uri") or "",
        "connectionType": str(source.get("connectionType") or "INTERNET").upper(),
        "requestParameters": parameters,
        "requestTemplates": _texts(source.get("requestTemplates")),
        "passthroughBehavior": str(source.get("passthroughBehavior") or "WHEN_NO_MATCH").upper(),
        "timeoutInMillis": int(source.get("timeoutInMillis") or 29000),
        "cacheNamespace": source.get("cacheNamespace") or resource_id,
        "cacheKeyParameters": list(source.get("cacheKeyParameters") or []),
        "integrationResponses": _responses(document, source, method, where),
    }


def _responses(
    document: Document, source: Mapping[str, Any], method: Record, where: str
) -> dict[str, Record]:
    """The integration responses by status code; a key of the document is a selection pattern."""
    responses: dict[str, Record] = {}
    for pattern, response in (source.get("responses") or {}).items():
        code = str(response.get("statusCode", ""))
        declared = method["methodResponses"].get(code)
        if declared is None:
            document.refuse(
                f"Invalid response status code '{code}' specified in the integration of {where}: "
                "the operation's `responses` do not have it"
            )
            continue
        _check_pattern(document, str(pattern), where)
        parameters = _texts(response.get("responseParameters"))
        _check_targets(document, parameters, declared["responseParameters"], where)
        for answered in parameters.values():
            if not _ANSWERED.fullmatch(answered):
                document.refuse(_no_mapping(answered, where))
        responses[code] = {
            "statusCode": code,
            "selectionPattern": "" if pattern == "default" else str(pattern),
            "responseParameters": parameters,
            "responseTemplates": _texts(response.get("responseTemplates")),
            "contentHandling": response.get("contentHandling"),
        }
    return responses


def _check_uri(document: Document, kind: str, uri: str, where: str) -> None:
    if kind.startswith("AWS") and not _SERVICE.match(uri):
        document.refuse(f"AWS ARN for integration must contain path or action: {uri!r} for {where}")
    if kind.startswith("HTTP") and not _ENDPOINT.match(uri):
        document.refuse(f"Invalid HTTP endpoint specified for URI: {uri!r} for {where}")


def _check_pattern(document: Document, pattern: str, where: str) -> None:
    try:
        re.compile(pattern)
    except re.error as problem:
        document.refuse(f"Invalid selection pattern {pattern!r} specified for {where}: {problem}")


def _check_sources(
    document: Document, sources: Iterable[str], declared: Mapping[str, bool], where: str
) -> None:
    for source in sources:
        if not _SOURCE.fullmatch(source):
            document.refuse(_no_mapping(source, where))
        plain = source.replace(".multivalue", ".")
        if not source.startswith("method.request.") or source.startswith("method.request.body"):
            continue
        if plain not in declared:
            document.refuse(_invalid_mapping(source, where))


def _check_targets(
    document: Document, targets: Iterable[str], declared: Mapping[str, bool], where: str
) -> None:
    for target in targets:
        if target not in declared:
            document.refuse(_invalid_mapping(target, where))


def _no_mapping(source: str, where: str) -> str:
    return (
        f"Invalid mapping expression specified for {where}: {source!r} names no parameter, body, "
        "context or stage variable, and a static value stands in single quotes"
    )


def _invalid_mapping(parameter: str, where: str) -> str:
    return (
        f"Invalid mapping expression specified for {where}: "
        f"{parameter} is not among the parameters that the method declares"
    )


def _texts(values: Any) -> dict[str, str]:
    return {str(key): str(value) for key, value in (values or {}).items()}
