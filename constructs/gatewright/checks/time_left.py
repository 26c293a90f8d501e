"""How long the function may still work before Lambda ends it."""

from typing import Protocol

MARGIN_SECONDS = 45
"""What is kept for the call under way, for removing what was made, and for the result."""


class LambdaContext(Protocol):
    """What of Lambda's context object is used. AWS: "Lambda context object in Python"."""

    def get_remaining_time_in_millis(self) -> int:
        """Milliseconds until the function is ended."""


class TimeLeft:
    """The time of one invocation."""

    def __init__(self, context: LambdaContext, margin: float = MARGIN_SECONDS) -> None:
        self._context = context
        self._margin = margin

    @property
    def seconds(self) -> float:
        """Seconds in which something new may be begun; negative when nothing may."""
        return self.until_end - self._margin

    @property
    def until_end(self) -> float:
        """Seconds until the function is ended."""
        return self._context.get_remaining_time_in_millis() / 1000
