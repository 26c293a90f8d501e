"""The access log line of a request: one JSON object."""

import json

_FIELDS = {
    "request_id": "$context.requestId",
    "extended_request_id": "$context.extendedRequestId",
    "trace_id": "$context.xrayTraceId",
    "time": "$context.requestTime",
    "method": "$context.httpMethod",
    "route": "$context.resourcePath",
    "path": "$context.path",
    "stage": "$context.stage",
    "status": "$context.status",
    "response_bytes": "$context.responseLength",
    "latency_ms": "$context.responseLatency",
    "integration_latency_ms": "$context.integrationLatency",
    "integration_status": "$context.integration.status",
    "integration_error": "$context.integrationErrorMessage",
    "gateway_error": "$context.error.message",
    "gateway_error_type": "$context.error.responseType",
    "source_ip": "$context.identity.sourceIp",
    "caller_subject": "$context.authorizer.claims.sub",
    "caller_client": "$context.authorizer.claims.client_id",
    "api_key_id": "$context.identity.apiKeyId",
}


def access_log_format() -> str:
    """The format of a stage's access log.

    The caller is the token's subject or client and the id of the API key, never the key or the
    token itself. What a caller writes freely, such as the user agent, is left out: with a quote
    in it, it could forge the other fields. AWS: "Variables for access logging for API Gateway".
    """
    return json.dumps(_FIELDS, separators=(",", ":"))
