"""What answers some operations of an API bit by bit."""

from dataclasses import dataclass

from gatewright.backends.lambda_backend import FunctionSettings, LambdaBackend
from gatewright.contract import StreamBinding


@dataclass(frozen=True, kw_only=True)
class StreamSettings:
    """The function that answers some operations, by their ids, bit by bit."""

    function: FunctionSettings
    operations: tuple[str, ...]

    def binding(self, backend: LambdaBackend) -> StreamBinding:
        """What the contract is bound to, once the function is there."""
        return StreamBinding(
            uri=backend.streaming_uri,
            operations=self.operations,
            timeout_ms=self.function.timeout_seconds * 1000,
        )
