"""The integration request as the service's own HTTP request.

https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-integration.html
https://docs.aws.amazon.com/apigateway/latest/api/API_PutIntegration.html (uri)
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, unquote

from local.gaps import media_types
from local.gaps.integrations import service_protocol
from local.gaps.integrations.errors import ConfigurationError
from local.gaps.integrations.request import IntegrationRequest

_URI = re.compile(
    r"arn:[^:]+:apigateway:(?P<region>[^:]*):(?:(?P<subdomain>[^:]+)\.)?(?P<service>[^:.]+)"
    r":(?P<kind>path|action)/(?P<rest>.*)",
    re.DOTALL,
)
FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True)
class Target:
    """`arn:aws:apigateway:{region}:{subdomain.service|service}:{path|action}/{rest}`."""

    region: str
    service: str
    subdomain: str
    kind: str
    rest: str


@dataclass(frozen=True)
class ServiceRequest:
    """An HTTP request in the form in which ministack's services take it."""

    method: str
    path: str
    headers: dict[str, str]
    query: dict[str, list[str]]
    body: bytes


def target_of(uri: str) -> Target:
    """The parts of the URI. ConfigurationError for one of another form."""
    found = _URI.fullmatch(uri)
    if found is None:
        raise ConfigurationError(
            f"AWS ARN for integration must contain path or action: {uri!r} is not "
            "arn:aws:apigateway:{region}:{subdomain.service|service}:{path|action}/{name}"
        )
    return Target(**{**found.groupdict(), "subdomain": found["subdomain"] or ""})


def of_target(
    integration: Mapping[str, Any],
    request: IntegrationRequest,
    target: Target,
    content_type: str,
) -> ServiceRequest:
    """What the service is sent. What the integration maps wins over what API Gateway adds.

    `content_type` is the caller's.
    """
    path, _question, in_uri = f"/{target.rest}".partition("?")
    headers = {name.lower(): ",".join(values) for name, values in request.headers.items()}
    query: dict[str, list[str]] = {}
    for name, value in parse_qsl(in_uri, keep_blank_values=True):
        query.setdefault(name, []).append(value)
    query |= {name: list(values) for name, values in request.query.items()}
    if target.kind == "action":
        path = "/"
        _ask_for_action(target, headers, query)
    elif target.subdomain and target.service == "s3":
        path = f"/{target.subdomain}{path}"
    method = str(integration.get("httpMethod") or "POST")
    headers.setdefault("content-type", content_type or media_types.DEFAULT)
    body = request.body
    if asks_in_a_query(target, headers) and not headers["content-type"].startswith(FORM):
        body = b""  # such a service reads forms only, where ministack's reads any body as one
    return ServiceRequest(method, unquote(path), _with_defaults(headers, target, body), query, body)


def asks_in_a_query(target: Target, headers: Mapping[str, str]) -> bool:
    """Whether the request is one of the query protocol."""
    is_query = service_protocol.of(target.service).kind == "query"
    return is_query and not headers.get("x-amz-target")


def _ask_for_action(target: Target, headers: dict[str, str], query: dict[str, list[str]]) -> None:
    protocol = service_protocol.of(target.service)
    if protocol.kind == "json" or headers.get("x-amz-target"):
        headers.setdefault("x-amz-target", f"{protocol.target_prefix}.{target.rest}")
        headers.setdefault("content-type", f"application/x-amz-json-{protocol.json_version}")
    elif protocol.kind == "query":
        query.setdefault("Action", [target.rest])
        query.setdefault("Version", [protocol.version])
    else:
        raise ConfigurationError(
            f"{target.service} has no actions to be named in an integration's URI. Name the path "
            f"of its own API: arn:aws:apigateway:{target.region}:{target.service}:path/..."
        )


def _with_defaults(headers: dict[str, str], target: Target, body: bytes) -> dict[str, str]:
    """As the request of an SDK: a host, and a scope that says which service is meant."""
    scope = f"{target.region}/{target.service}/aws4_request"
    return {
        "content-length": str(len(body)),
        **headers,
        "host": f"{target.service}.{target.region}.amazonaws.com",
        "authorization": f"AWS4-HMAC-SHA256 Credential=API-GATEWAY/20260101/{scope}",
    }


def parameters(asked: ServiceRequest) -> dict[str, list[str]]:
    """Those of the query protocol, which may be in the query string or in a form."""
    found: dict[str, list[str]] = {}
    if asked.headers["content-type"].startswith(FORM):
        for name, value in parse_qsl(asked.body.decode(errors="replace"), keep_blank_values=True):
            found.setdefault(name, []).append(value)
    return found | asked.query
