"""What an outside service answers, as far as it can be made out."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

STATES = ("passed", "failed", "running")


class OutageError(Exception):
    """The service is down: no answer, or one that cannot be understood. The text says which."""


class RefusedError(Exception):
    """The service answered that it will not do this: its text says why."""


@dataclass(frozen=True, kw_only=True)
class Result:
    """``state`` is one of STATES; ``summary`` and ``report_url`` are the service's, or empty."""

    state: str
    summary: str = ""
    report_url: str = ""

    @property
    def text(self) -> str:
        """For people."""
        report = f" Report: {self.report_url}" if self.report_url else ""
        return f"{self.summary or 'no summary'}{report}"


def read_result(found: Any) -> Result:
    """Read ``{"state", "summary", "report_url"}``. Raises OutageError."""
    if not isinstance(found, Mapping) or found.get("state") not in STATES:
        raise OutageError(f'its answer has no "state" that is one of {", ".join(STATES)}')
    texts = [found.get(name) or "" for name in ("summary", "report_url")]
    if not all(isinstance(text, str) for text in texts):
        raise OutageError('its "summary" or "report_url" is no text')
    return Result(state=found["state"], summary=texts[0], report_url=texts[1])
