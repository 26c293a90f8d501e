"""Integrations of the type AWS with a service other than Lambda.

The integration request becomes the service's own HTTP request, which goes where the requests of
SDKs go.
https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-integration.html
https://docs.aws.amazon.com/apigateway/latest/api/API_PutIntegration.html (uri)
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, unquote

from local.gaps import media_types, response_mapping
from local.gaps.execution import Execution
from local.gaps.integrations import query_answer, service_protocol, service_role
from local.gaps.integrations.errors import ConfigurationError
from local.gaps.integrations.request import IntegrationRequest
from local.gaps.velocity_values import JavaMap

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


async def call(
    integration: Mapping[str, Any], request: IntegrationRequest, run: Execution, context: JavaMap
) -> Any:
    """Ask the service, and answer with the response that its status selects."""
    from ministack.core.responses import request_scope

    target = target_of(request.uri)
    asked = service_request(integration, request, target, run.header("content-type"))
    account_id = _account(target, asked, run)
    with request_scope(account_id, target.region or run.region):
        refusal = _refusal(target, asked, str(integration.get("credentials") or ""), run)
        status, headers, body = refusal or await _dispatch(asked)
    if not isinstance(body, bytes):
        body = str(body).encode()
    if "xml" not in request.header("accept"):
        body = _in_json(target, asked, body)
    return response_mapping.respond(integration, str(status), body, headers, run, context)


def service_request(
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
    if _asks_in_a_query(target, headers) and not headers["content-type"].startswith(FORM):
        body = b""  # such a service reads forms only, where ministack's reads any body as one
    return ServiceRequest(method, unquote(path), _with_defaults(headers, target, body), query, body)


def _asks_in_a_query(target: Target, headers: Mapping[str, str]) -> bool:
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


def _account(target: Target, asked: ServiceRequest, run: Execution) -> str:
    """That of the queue in a path or in a URL; the API's for everything else."""
    if target.service != "sqs":
        return run.account_id
    url = (_parameters(asked).get("QueueUrl") or [asked.path])[0]
    found = re.search(r"/(\d{12})/[^/]+$", url)
    return found[1] if found else run.account_id


def _parameters(asked: ServiceRequest) -> dict[str, list[str]]:
    """Those of the query protocol, which may be in the query string or in a form."""
    found: dict[str, list[str]] = {}
    if asked.headers["content-type"].startswith(FORM):
        for name, value in parse_qsl(asked.body.decode(errors="replace"), keep_blank_values=True):
            found.setdefault(name, []).append(value)
    return found | asked.query


def _refusal(target: Target, asked: ServiceRequest, credentials: str, run: Execution) -> Any:
    """The service's own answer to a principal that may not do this, None when it may."""
    from ministack.core import iam_actions, responses

    arguments = (asked.method, asked.path, asked.headers, asked.body, _parameters(asked))
    service = target.service
    action = iam_actions.extract_iam_action(service, *arguments)
    if action is None:
        return None
    account_id, region = responses.get_account_id(), target.region or run.region
    resources = (iam_actions.extract_resource_arn(service, *arguments, region, account_id),)
    if service == "dynamodb":
        resources = (
            tuple(iam_actions.dynamodb_resource_arns(asked.body, region, account_id)) or resources
        )
    call_ = service_role.Call(service, action, resources, region, account_id)
    principal = service_role.denied(call_, credentials, run)
    if principal is None:
        return None
    return iam_actions.access_denied_response(
        service,
        action,
        principal,
        str(uuid.uuid4()),
        headers=asked.headers,
        resource_arn=resources[0],
    )


async def _dispatch(asked: ServiceRequest) -> Any:
    from ministack import app

    return await app._dispatch_service_request(
        asked.method, asked.path, dict(asked.headers), asked.body, asked.query, str(uuid.uuid4())
    )


def _in_json(target: Target, asked: ServiceRequest, body: bytes) -> bytes:
    if not _asks_in_a_query(target, asked.headers):
        return body
    action = (_parameters(asked).get("Action") or [""])[0]
    return query_answer.as_json(body, action, service_protocol.of(target.service))
