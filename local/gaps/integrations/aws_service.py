"""Integrations of the type AWS with a service other than Lambda.

The integration request becomes the service's own HTTP request, which goes where the requests of
SDKs go.
https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-api-integration-types.html
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping
from typing import Any

from local.gaps import response_mapping
from local.gaps.execution import Execution
from local.gaps.integrations import query_answer, service_protocol, service_request, service_role
from local.gaps.integrations.request import IntegrationRequest
from local.gaps.integrations.service_request import ServiceRequest, Target
from local.gaps.velocity_values import JavaMap


async def call(
    integration: Mapping[str, Any], request: IntegrationRequest, run: Execution, context: JavaMap
) -> Any:
    """Ask the service, and answer with the response that its status selects."""
    from ministack.core.responses import request_scope

    target = service_request.target_of(request.uri)
    asked = service_request.of_target(integration, request, target, run.header("content-type"))
    account_id = _account(target, asked, run)
    with request_scope(account_id, target.region or run.region):
        refusal = _refusal(target, asked, str(integration.get("credentials") or ""), run)
        status, headers, body = refusal or await _dispatch(asked)
    run.endpoint_status = int(status)
    if not isinstance(body, bytes):
        body = str(body).encode()
    if "xml" not in request.header("accept"):
        body = _in_json(target, asked, body)
    return response_mapping.respond(integration, str(status), body, headers, run, context)


def _account(target: Target, asked: ServiceRequest, run: Execution) -> str:
    """That of the queue in a path or in a URL; the API's for everything else."""
    if target.service != "sqs":
        return run.account_id
    url = (service_request.parameters(asked).get("QueueUrl") or [asked.path])[0]
    found = re.search(r"/(\d{12})/[^/]+$", url)
    return found[1] if found else run.account_id


def _refusal(target: Target, asked: ServiceRequest, credentials: str, run: Execution) -> Any:
    """The service's own answer to a principal that may not do this, None when it may."""
    from ministack.core import iam_actions, responses

    arguments = (
        asked.method,
        asked.path,
        asked.headers,
        asked.body,
        service_request.parameters(asked),
    )
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
    if not service_request.asks_in_a_query(target, asked.headers):
        return body
    action = (service_request.parameters(asked).get("Action") or [""])[0]
    return query_answer.as_json(body, action, service_protocol.of(target.service))
