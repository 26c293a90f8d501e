"""Every function of ministack that a gap wraps, and every resource type and service that one adds.

The last patch of a function is the outermost.
"""

from __future__ import annotations

from local.gaps import (
    accepted_media,
    access_logs,
    api_keys,
    code_blobs,
    compression,
    deployments,
    empty_body,
    execution,
    function_errors,
    function_output,
    identity_sources,
    integration_timeout,
    lambda_permissions,
    method_tests,
    mock_integration,
    other_accounts,
    passthrough,
    payload_limits,
    quota_usage,
    request_ids,
    request_validation,
    reserved_concurrency,
    resource_policies,
    response_cache,
    rest_api_requests,
    rest_api_stack,
    restored_stages,
    reused_threads,
    saved_logs,
    signed_callers,
    stage_access_logs,
    stage_cache_stack,
    stage_deployments,
    stage_variables,
    token_kinds,
    usage_identifiers,
    usage_plan_stack,
    validation_errors,
    velocity_loops,
    velocity_scalars,
    worker_begun,
    worker_invocation,
    worker_packages,
    worker_retirement,
    worker_starts,
)
from local.gaps.canary import created as canary_created
from local.gaps.canary import patch_operations as canary_operations
from local.gaps.canary import serving as canary_serving
from local.gaps.canary import stack as canary_stack
from local.gaps.cloudwatch import (
    alarm_actions,
    alarm_settings,
    alarms,
    api_metrics,
    function_metrics,
    metric_data,
)
from local.gaps.cloudwatch import store as metric_store
from local.gaps.codepipeline import model as codepipeline
from local.gaps.codepipeline import stack as codepipeline_stack
from local.gaps.domains import requests as domain_requests
from local.gaps.domains import rule_stack as domain_rule_stack
from local.gaps.domains import store as domain_store
from local.gaps.domains import zones as domain_zones
from local.gaps.integrations import aws_endpoint, function_role, http_endpoint
from local.gaps.patch import Patch, Service
from local.gaps.streaming import backends as streaming_backends
from local.gaps.streaming import functions as streaming_functions

API = "ministack.services.apigateway_v1"
_INVOKERS = (
    "_invoke_lambda_proxy_v1",
    "_invoke_lambda_custom_v1",
    "_invoke_sqs_v1",
    "_invoke_http_proxy_v1",
)

PATCHES: tuple[Patch, ...] = (
    # answers that are sent on as they come; inside of everything
    *streaming_functions.PATCHES,
    *streaming_backends.PATCHES,
    # what an integration is sent, and what becomes of its answer
    Patch(API, "_invoke_http_proxy_v1", http_endpoint.calling),
    Patch(API, "_invoke_lambda_custom_v1", aws_endpoint.calling),
    Patch(API, "_invoke_sqs_v1", aws_endpoint.calling),
    Patch(API, "_media_type_matches", accepted_media.first),
    Patch(API, "_execute_in_scope", compression.packing),
    # mapping templates
    *velocity_scalars.PATCHES,
    *velocity_loops.PATCHES,
    # whose API it is, and which one a domain means
    *other_accounts.PATCHES,
    *domain_requests.PATCHES,
    *domain_store.PATCHES,
    *domain_zones.PATCHES,
    # what an integration may take, and what it may do wrong
    *payload_limits.PATCHES,
    *function_errors.PATCHES,
    *(Patch(API, name, integration_timeout.limiting) for name in _INVOKERS),
    # what is known at the end of a request
    Patch(API, "_handle_execute_in_scope", access_logs.writing),
    *api_metrics.PATCHES,
    *function_metrics.PATCHES,
    *metric_store.PATCHES,
    *metric_data.PATCHES,
    *alarms.PATCHES,
    *alarm_actions.PATCHES,
    *alarm_settings.PATCHES,
    Patch(API, "_handle_execute_in_scope", request_ids.in_header),
    Patch(API, "_build_lambda_event_v1", request_ids.in_event),
    *stage_access_logs.PATCHES,
    # who may call an API at all, who signed the call, and what an authorizer is asked by
    *canary_serving.PATCHES,
    *signed_callers.PATCHES,
    *identity_sources.PATCHES,
    *resource_policies.PATCHES,
    # the key that an authorizer names; inside of those that record and route the authorizer
    *usage_identifiers.PATCHES,
    # the request in flight, for those above and below
    Patch(API, "_handle_execute_in_scope", execution.begin),
    Patch(API, "_execute_in_scope", execution.record_request),
    Patch(API, "_authorize_request_v1", execution.record_authorizer),
    *(Patch(API, name, execution.record_integration) for name in _INVOKERS),
    Patch(API, "_handle_execute_in_scope", compression.unpacking),
    # deployments; the canary's new one is taken like any other
    *deployments.PATCHES,
    *canary_created.PATCHES,
    *canary_operations.PATCHES,
    *canary_stack.PATCHES,
    *stage_deployments.PATCHES,
    *restored_stages.PATCHES,
    # what is saved of all that
    *quota_usage.PATCHES,
    *saved_logs.PATCHES,
    *code_blobs.PATCHES,
    # importing OpenAPI documents
    *rest_api_stack.PATCHES,
    Patch(API, "handle_request", rest_api_requests.importing),
    # calling a method without a stage
    *method_tests.PATCHES,
    # callers' keys and their limits
    *api_keys.PATCHES,
    *usage_plan_stack.PATCHES,
    # validating and mapping requests
    Patch(API, "_check_request_validation", validation_errors.noted),
    Patch(API, "_check_request_validation", request_validation.by_content_type),
    Patch(API, "_missing_request_parameters", request_validation.not_blank),
    Patch(API, "_gateway_error_response", validation_errors.rendered),
    Patch(API, "_check_passthrough_behavior", passthrough.by_behavior),
    Patch(API, "_invoke_mock_v1", mock_integration.rendering),
    Patch(API, "_invoke_lambda_proxy_v1", empty_body.sent),
    # who may invoke a function; inside of the stage variables, which say which function it is
    Patch(API, "_invoke_lambda_proxy_v1", lambda_permissions.of_integration),
    Patch(API, "_invoke_lambda_custom_v1", lambda_permissions.of_integration),
    Patch(API, "_invoke_authorizer_lambda", lambda_permissions.of_authorizer),
    Patch(API, "_invoke_lambda_proxy_v1", function_role.asking),
    Patch(API, "_invoke_lambda_custom_v1", function_role.asking),
    # who may call
    *token_kinds.PATCHES,
    # stage variables
    *(Patch(API, name, stage_variables.in_integration) for name in _INVOKERS),
    Patch(API, "_invoke_authorizer_lambda", stage_variables.in_authorizer),
    Patch(API, "_cognito_pool_issuers", stage_variables.in_user_pools),
    # what a stage keeps of answers; outside of everything that an integration does
    *(Patch(API, name, response_cache.answering) for name in _INVOKERS),
    *response_cache.PATCHES,
    *stage_cache_stack.PATCHES,
    # the workers that run functions, and how many at once
    *reserved_concurrency.PATCHES,
    *function_output.PATCHES,
    *reused_threads.PATCHES,
    *worker_begun.PATCHES,
    *worker_invocation.PATCHES,
    *worker_packages.PATCHES,
    *worker_retirement.PATCHES,
    *worker_starts.PATCHES,
)

HANDLERS = (
    *canary_stack.HANDLERS,
    *rest_api_stack.HANDLERS,
    *stage_access_logs.HANDLERS,
    *stage_cache_stack.HANDLERS,
    *stage_deployments.HANDLERS,
    *domain_zones.HANDLERS,
)

RESOURCE_TYPES = (*codepipeline_stack.RESOURCE_TYPES, *domain_rule_stack.RESOURCE_TYPES)

SERVICES = (
    Service(
        name="codepipeline",
        target_prefix=codepipeline.TARGET_PREFIX,
        module="local.gaps.codepipeline.service",
    ),
)
