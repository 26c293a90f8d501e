"""Lambda custom integrations: a template makes the event, and an error selects the response.

https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-custom-integrations.html
https://docs.aws.amazon.com/apigateway/latest/developerguide/handle-errors-in-lambda-integration.html
https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-integration-async.html
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from local.gaps import payload_limits, response_mapping
from local.gaps.execution import Execution
from local.gaps.integrations.errors import ConfigurationError
from local.gaps.integrations.request import IntegrationRequest
from local.gaps.velocity_values import JavaMap

REQUEST_RESPONSE, EVENT, DRY_RUN = "RequestResponse", "Event", "DryRun"
_STATUSES = {REQUEST_RESPONSE: 200, EVENT: 202, DRY_RUN: 204}  # of Lambda's Invoke


async def call(
    integration: Mapping[str, Any], request: IntegrationRequest, run: Execution, context: JavaMap
) -> Any:
    """Invoke the function as `X-Amz-Invocation-Type` says, and answer with what it selects."""
    from ministack.services import apigateway_v1

    if len(request.body) > payload_limits.LAMBDA:
        return apigateway_v1._gw_error("REQUEST_TOO_LARGE", "Request Too Long")
    try:
        event = json.loads(request.body or b"{}")
    except ValueError as problem:
        return _refused(problem)
    reference = apigateway_v1._extract_lambda_ref_from_integration_uri(request.uri)
    kind = request.header("x-amz-invocation-type") or REQUEST_RESPONSE
    if kind == REQUEST_RESPONSE:
        body, error = await _returned(reference, event, run)
    else:
        body, error = _begun(reference, event, run, kind), ""
    run.endpoint_status = _STATUSES[kind]
    headers = {"Content-Type": "application/json"}
    return response_mapping.respond(integration, error, body, headers, run, context)


def _refused(problem: ValueError) -> Any:
    """Lambda takes JSON only, and says so to the caller."""
    message = f"Could not parse request body into json: {problem}"
    headers = {"Content-Type": "application/json", "x-amzn-ErrorType": "BadRequestException"}
    return 400, headers, json.dumps({"message": message}).encode()


async def _returned(reference: str, event: Any, run: Execution) -> tuple[bytes, str]:
    """What the function returned, and the message of its error, which selects the response."""
    from ministack.services import apigateway_v1

    result, problem = await apigateway_v1._call_lambda_raw(
        reference, event, account_id=run.account_id, region=run.region
    )
    if problem or result.get("throttle"):
        raise ConfigurationError(f"Lambda rejected the invocation: {problem or result['body']}")
    output = result.get("body")
    body = b"null" if output is None else json.dumps(output, ensure_ascii=False).encode()
    failed = result.get("error") and isinstance(output, Mapping)
    return body, str(output.get("errorMessage") or "") if failed else ""


def _begun(reference: str, event: Any, run: Execution, kind: str) -> bytes:
    """Nothing, which is what Lambda answers when it has taken the event."""
    from ministack.core.responses import request_scope
    from ministack.services import lambda_svc

    found, config, _name = lambda_svc._get_func_record_for_ref_in_scope(
        reference, account_id=run.account_id, region=run.region
    )
    if found is None or config is None or kind not in (EVENT, DRY_RUN):
        raise ConfigurationError(
            f"Lambda rejected the invocation of {reference!r} with the type {kind!r}"
        )
    if kind == EVENT:
        with request_scope(run.account_id, run.region):
            record = lambda_svc._execution_record_for_config(found, config)
            lambda_svc.invoke_async_with_retry(record, event)
    return b""
