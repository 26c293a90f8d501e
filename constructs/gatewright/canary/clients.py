"""The services that a release is carried out with, and the time."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Clients:
    """boto3's clients, and a clock that gives seconds since 1970."""

    gateway: Any = field(repr=False)
    cloudwatch: Any = field(repr=False)
    ssm: Any = field(repr=False)
    formation: Any = field(repr=False)
    clock: Callable[[], float] = time.time


def own_clients() -> Clients:
    """Those of the function's own role and region."""
    import boto3

    session = boto3.Session()
    return Clients(
        gateway=session.client("apigateway"),
        cloudwatch=session.client("cloudwatch"),
        ssm=session.client("ssm"),
        formation=session.client("cloudformation"),
    )
