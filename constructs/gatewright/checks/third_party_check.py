"""The Lambda action that asks an outside service to check an environment.

UserParameters, JSON: ``project``, ``environment``, ``region``; ``role``, the ARN to reach the
environment with; ``url``, https, that starts a run; ``secret``, the name or ARN of the secret that
signs the calls; ``apis``, those that the service is told of (all of the artifact);
``mode``, ``poll`` (default) or ``callback``; ``on_outage``, ``block`` (default) or ``warn``;
``time_limit_minutes`` (30; 60 at most with callback); ``poll_seconds`` (15); ``execution`` and
``name``, as of the contract checks.

The service gets a POST of JSON: ``run_id`` (the same when a request is repeated), ``project``,
``environment``, ``execution``, ``apis`` (URLs by name), and ``callback_url`` in that mode. It
answers 202 and ``{"status_url": ...}`` on the same host, or 200 and the result at once:
``{"state": "passed" | "failed", "summary": ..., "report_url": ...}``. ``status_url`` answers a GET
with that, or with the state ``running``; or the service PUTs it to ``callback_url``. Every call is
signed: see ``gatewright.checks.third_party.signature``.
"""

from collections.abc import Mapping
from typing import Any

from gatewright.checks.action import run_action
from gatewright.checks.clients import own_clients
from gatewright.checks.third_party.check import check_by_third_party
from gatewright.checks.time_left import LambdaContext


def handler(event: Mapping[str, Any], context: LambdaContext) -> None:
    """The handler of the function."""
    own = own_clients()
    run_action(
        event,
        context,
        lambda job, time_left: check_by_third_party(job, time_left, own=own),
        own("codepipeline"),
    )
