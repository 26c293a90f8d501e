"""Which step of a canary it is time for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Step:
    """``number`` counts from 1; ``seconds_left`` are those of all steps that remain."""

    number: int
    percent: float
    seconds_left: float


def step_at(steps: Sequence[float], bakes: Sequence[float], elapsed: float) -> Step | None:
    """The step ``elapsed`` seconds after the start, or None when every bake is over."""
    ends = 0.0
    left = max(0.0, sum(bakes) - elapsed)
    for number, (percent, bake) in enumerate(zip(steps, bakes, strict=True), 1):
        ends += bake
        if elapsed < ends:
            return Step(number=number, percent=percent, seconds_left=left)
    return None
