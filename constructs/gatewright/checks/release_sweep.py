"""The Lambda action that removes the releases of an environment which nobody goes back to.

UserParameters, JSON: ``project``, ``environment``, ``region``; ``role``, the ARN to reach the
environment with; ``keep``, how many releases of an API stay; ``execution`` and ``name``, as of the
contract checks. The first input artifact has ``openapi/<api>.json``.

It fails only when it cannot begin: what could not be removed is left to the next release, and the
action's summary says why.
"""

from collections.abc import Mapping
from typing import Any

from gatewright.checks.action import run_action
from gatewright.checks.clients import own_clients
from gatewright.checks.sweep.releases import sweep_releases
from gatewright.checks.time_left import LambdaContext


def handler(event: Mapping[str, Any], context: LambdaContext) -> None:
    """The handler of the function."""
    own = own_clients()
    run_action(
        event,
        context,
        lambda job, time_left: sweep_releases(job, time_left, own=own),
        own("codepipeline"),
    )
