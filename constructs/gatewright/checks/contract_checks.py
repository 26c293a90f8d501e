"""The Lambda action that checks an environment against its APIs' contracts.

UserParameters, JSON: ``project``, ``environment``, ``region``; ``role``, the ARN to reach the
environment with; ``suite``, ``contract`` (default) or ``smoke``; ``key``, the name of an API key of
platform.yaml; ``users``, whether a user may be made; ``rate``, requests a second (10);
``execution``, the id of the pipeline's execution; ``name``, of the report (the suite). The first
input artifact has ``openapi/<api>.json`` and ``checks/<service>/*.py``.
"""

from collections.abc import Mapping
from typing import Any

from gatewright.checks.action import run_action
from gatewright.checks.clients import own_clients
from gatewright.checks.contract.suite import check_contract
from gatewright.checks.time_left import LambdaContext


def handler(event: Mapping[str, Any], context: LambdaContext) -> None:
    """The handler of the function."""
    own = own_clients()
    run_action(
        event,
        context,
        lambda job, time_left: check_contract(job, time_left, own=own),
        own("codepipeline"),
    )
