"""What API Gateway does not check, and the backend therefore must."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Unenforced:
    """A keyword at a JSON pointer into the contract's document, and why the gateway has it not."""

    pointer: str
    keyword: str
    reason: str
