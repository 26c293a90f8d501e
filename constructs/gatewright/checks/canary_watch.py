"""The Lambda action that shows the canaries of a deployment while the actions beside it deploy.

UserParameters, JSON: ``project``, ``environment``, ``region``; ``role``, the ARN to reach the
environment with; ``records``, the releases to watch, like ``foods-v1``, or ``news-v1/dev`` of an
API of several stages; ``execution`` and ``name``, as of the contract checks.

The action's summary is where each release is: its step, share, time left and figures. It ends when
the deployments have, and fails with the reason of a release that its canary stopped.
"""

from collections.abc import Mapping
from typing import Any

from gatewright.checks.action import run_action
from gatewright.checks.canary.watch import watch_canaries
from gatewright.checks.clients import own_clients
from gatewright.checks.time_left import LambdaContext


def handler(event: Mapping[str, Any], context: LambdaContext) -> None:
    """The handler of the function."""
    own = own_clients()
    run_action(
        event,
        context,
        lambda job, time_left: watch_canaries(job, time_left, own=own),
        own("codepipeline"),
    )
