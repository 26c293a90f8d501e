"""Events that a service of AWS puts on the default bus of its account.

PutEvents refuses a source that begins with `aws.`, as it does on AWS.
https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEventsRequestEntry.html
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from local.gaps.codepipeline.errors import RefusedError


def put(entries: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Put up to ten events, each as an entry of PutEvents. Raises RefusedError."""
    from ministack.services import eventbridge

    eventbridge._ensure_default_bus()
    status, _headers, body = eventbridge._put_events({"Entries": entries}, allow_aws_source=True)
    answer: dict[str, Any] = json.loads(body)
    if status != 200:
        raise RefusedError(answer["__type"], answer["message"])
    return answer
