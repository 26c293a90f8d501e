"""What ends the generation with a message of its own."""


class SdkError(Exception):
    """A client cannot be made. The text says why; ``remedy`` what to do about it."""

    def __init__(self, reason: str, remedy: str) -> None:
        self.reason = reason
        self.remedy = remedy
        super().__init__(f"{reason}\n  remedy: {remedy}")
