"""A stage that a failed update moved back lets the requests it already took end.

CloudFormation deletes what the update created in a phase of its own, after the stack has been
restored, which on AWS is seconds later. ministack deletes at once, and a request on its way to the
new alias finds none.
https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/view-stack-events.html
"""

from __future__ import annotations

import asyncio
import time
from typing import Any

from local.gaps.execution import under_way
from local.gaps.patch import Function, Patch

STAGE = "AWS::ApiGateway::Stage"
LONGEST_SECONDS = 30  # of one request: the longest integration, and one that is late
_LOOK_SECONDS = 0.01


def letting_end(original: Function) -> Function:
    """Wait, once a stage is moved back, for those that began before."""

    async def revert(stack_id: str, stack: str, logical_id: str, kind: str, *rest: Any) -> None:
        await original(stack_id, stack, logical_id, kind, *rest)
        if kind == STAGE:
            begun, until = under_way(), time.monotonic() + LONGEST_SECONDS
            while begun & under_way() and time.monotonic() < until:
                await asyncio.sleep(_LOOK_SECONDS)

    return revert


PATCHES = (Patch("ministack.services.cloudformation.stacks", "_revert_update", letting_end),)
