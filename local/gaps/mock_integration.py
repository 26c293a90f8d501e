"""A mock integration renders one template for its status and another for its body.

https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-mock-integration.html
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from local.gaps import response_mapping, vtl
from local.gaps.context_variables import of_request
from local.gaps.execution import Execution, current
from local.gaps.gateway_errors import configuration_error
from local.gaps.integrations.errors import ConfigurationError
from local.gaps.integrations.request import build
from local.gaps.patch import Function
from local.gaps.velocity_values import JavaMap

# API Gateway reads the rendered template as lenient JSON: the preflight that the CDK writes has
# `{ statusCode: 204 }`.
_STATUS = re.compile(r"""["']?\bstatusCode["']?\s*:\s*["']?(\d{3})\b""")


def rendering(_original: Function) -> Function:
    """Replace ministack's mock, which reads its templates as plain text."""

    def answer(integration: dict[str, Any]) -> Any:
        run = current()
        context = of_request(run)
        try:
            status = requested_status(integration, run, context)
            if status is None:
                return configuration_error(
                    "unable to parse statusCode: the request template of a mock integration must "
                    f"render to JSON with a three-digit statusCode ({run.method} {run.path})"
                )
            return response_mapping.respond(integration, str(status), b"", {}, run, context)
        except (ConfigurationError, vtl.TemplateError, response_mapping.NoResponseError) as problem:
            return configuration_error(str(problem))

    return answer


def requested_status(
    integration: Mapping[str, Any], run: Execution, context: JavaMap
) -> int | None:
    """The statusCode of the rendered request template; with no template, of the request's body."""
    rendered = build(integration, run, context).body.decode("utf-8", errors="replace")
    found = _STATUS.search(rendered)
    return int(found[1]) if found else None
