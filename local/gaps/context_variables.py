"""`$context`: what API Gateway knows of a request.

https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from local.gaps.canary.serving import IS_CANARY
from local.gaps.execution import Execution
from local.gaps.velocity_values import JavaMap, Overrides, wrap


def of_request(run: Execution) -> JavaMap:
    """The variables of this request, as a template sees them."""
    wrapped = wrap(values_of_request(run))
    assert isinstance(wrapped, JavaMap)  # noqa: S101 - tells mypy what a dict becomes
    return wrapped


def values_of_request(run: Execution) -> dict[str, Any]:
    """The variables of this request, with the empty maps in which a template sets its overrides."""
    host = run.header("host").split(":")[0]
    return {
        "accountId": run.account_id,
        "apiId": run.api_id,
        "authorizer": run.authorizer or {},
        "awsEndpointRequestId": run.request_id,
        "deploymentId": str((run.request.get("stage") or {}).get("deploymentId") or ""),
        "domainName": host,
        "domainPrefix": host.split(".")[0],
        "error": {},
        "extendedRequestId": run.request_id,
        "httpMethod": run.method,
        "identity": _identity(run),
        "path": f"/{run.stage_name}{run.path}",
        "protocol": "HTTP/1.1",
        "requestId": run.request_id,
        "requestOverride": {place: Overrides() for place in ("header", "path", "querystring")},
        "requestTime": _time(run.started),
        "requestTimeEpoch": int(run.started * 1000),
        "resourceId": run.resource.get("id", ""),
        "resourcePath": run.request.get("resource_path", ""),
        "responseOverride": Overrides(header=Overrides()),
        "stage": run.stage_name,
        **_canary(run),
    }


def _canary(run: Execution) -> dict[str, bool]:
    """Present only when the stage has a canary."""
    stage = run.request.get("stage") or {}
    return {IS_CANARY: stage[IS_CANARY]} if IS_CANARY in stage else {}


def _identity(run: Execution) -> dict[str, Any]:
    from ministack.services import apigateway_v1

    source = run.header("x-forwarded-for").split(",")[0].strip() or "127.0.0.1"
    identity = {"sourceIp": source, "userAgent": run.header("user-agent")}
    if _authorization_type(run) == "AWS_IAM":
        caller = apigateway_v1._iam_caller_identity(run.headers, run.query) or {}
        identity |= {name: value for name, value in caller.items() if value is not None}
    key = apigateway_v1._api_key_from_request(run.headers)
    if not key:
        return identity
    record = apigateway_v1._resolve_api_key(key) or {}
    return identity | {"apiKey": key, "apiKeyId": str(record.get("id") or "")}


def _authorization_type(run: Execution) -> str:
    methods = run.resource.get("resourceMethods") or {}
    method = methods.get(run.method) or methods.get("ANY") or {}
    return str(method.get("authorizationType") or "NONE").upper()


def _time(epoch: float) -> str:
    """The request time in the form of Apache's common log."""
    return datetime.fromtimestamp(epoch, UTC).strftime("%d/%b/%Y:%H:%M:%S +0000")
