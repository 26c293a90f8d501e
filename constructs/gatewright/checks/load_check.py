"""The Lambda action that puts an environment under load and compares it with thresholds.

UserParameters, JSON: ``project``, ``environment``, ``region``; ``role``, the ARN to reach the
environment with; ``key``, the name of an API key of platform.yaml; ``users``, whether a user may be
made; either ``requests`` or ``seconds``; ``callers`` at once (8); ``operations``, like
``["foods-v2.list_foods"]`` (default: all that only read and can be called); and one at least of
``min_requests_per_second``, ``p50_ms``, ``p99_ms``, ``max_error_share``; ``execution`` and
``name``, as of the contract checks. The first input artifact has ``openapi/<api>.json``.
"""

from collections.abc import Mapping
from typing import Any

from gatewright.checks.action import run_action
from gatewright.checks.clients import own_clients
from gatewright.checks.load.check import check_load
from gatewright.checks.time_left import LambdaContext


def handler(event: Mapping[str, Any], context: LambdaContext) -> None:
    """The handler of the function."""
    own = own_clients()
    run_action(
        event,
        context,
        lambda job, time_left: check_load(job, time_left, own=own),
        own("codepipeline"),
    )
