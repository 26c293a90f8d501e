"""Trying all packages, several at a time."""

import os
import subprocess
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from types import MappingProxyType

from gatewright.publish.try_out.java import try_java
from gatewright.publish.try_out.npm import try_npm
from gatewright.publish.try_out.python import try_python
from gatewright.publish.try_out.tried import Candidate, failed

_TRIALS: Mapping[str, Callable[[Candidate], str]] = MappingProxyType(
    {"python": try_python, "typescript": try_npm, "javascript": try_npm, "java": try_java}
)
_NOT_TRIED = "not tried: these are sources, and nothing here compiles them"


def try_all(candidates: Iterable[Candidate], say: Callable[[str], None]) -> None:
    """Try each candidate, and tell what came of it. Raises PublishError where one fails."""
    waiting = list(candidates)
    with ThreadPoolExecutor(max_workers=os.cpu_count() or 1) as pool:
        for candidate, found in zip(waiting, pool.map(_try, waiting), strict=True):
            say(f"{candidate.title}: {found}")


def _try(candidate: Candidate) -> str:
    trial = _TRIALS.get(candidate.package.language)
    if trial is None:
        return _NOT_TRIED
    try:
        return trial(candidate)
    except subprocess.TimeoutExpired as error:
        raise failed(candidate, f"no answer within {error.timeout:.0f} seconds") from None
