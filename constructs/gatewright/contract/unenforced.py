"""What API Gateway does not check, and the backend therefore must."""

from dataclasses import dataclass

from gatewright.contract.document import pointer


@dataclass(frozen=True)
class Unenforced:
    """A keyword at a JSON pointer into the contract's document, and why the gateway has it not."""

    pointer: str
    keyword: str
    reason: str

    @property
    def holder(self) -> str:
        """The pointer to the schema or parameter that has the keyword."""
        return self.pointer.removesuffix(pointer(self.keyword))
