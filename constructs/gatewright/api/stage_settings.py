"""What a stage is, apart from the API that it serves."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

STAGE_NAME = "live"
"""The stage of an API that has one."""


@dataclass(frozen=True, kw_only=True)
class Throttle:
    """The most that all callers of one method may send together.

    ``rate`` is requests a second for long, ``burst`` requests at once. It holds also where no API
    key is asked for. AWS: "Throttle requests to your REST APIs".
    """

    rate: float = 1000
    burst: int = 2000


@dataclass(frozen=True, kw_only=True)
class Pinned:
    """A release that was deployed before: the ids of a deployment and of its functions' alias."""

    deployment_id: str
    alias_name: str


@dataclass(frozen=True, kw_only=True)
class StageCache:
    """What a stage keeps of answers.

    ``size`` is one of AWS's, in GB, as text: ``0.5`` to ``237``. ``seconds`` says how long the
    answers of a method are kept, by path and method. AWS: "Cache settings for REST APIs".
    """

    size: str
    encrypted: bool
    seconds: Mapping[tuple[str, str], int]


@dataclass(frozen=True, kw_only=True)
class StageSettings:
    """One stage. It serves the newest release, or the one it is ``pinned`` to.

    ``log_level`` is the execution log's: ``OFF``, ``ERROR`` or ``INFO``. AWS: CreateStage and
    MethodSetting.
    """

    name: str = STAGE_NAME
    throttle: Throttle = Throttle()
    log_level: Literal["OFF", "ERROR", "INFO"] = "ERROR"
    variables: Mapping[str, str] = field(default_factory=dict)
    pinned: Pinned | None = None
    cache: StageCache | None = None
