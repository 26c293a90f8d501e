"""Operations whose answers API Gateway sends on as they come."""

from dataclasses import dataclass
from typing import Any

from gatewright.contract.contract import Operation
from gatewright.contract.document import JsonObject


@dataclass(frozen=True, kw_only=True)
class StreamBinding:
    """The function that streams: ``uri`` by which it is called, and may be a token of the CDK.

    ``operations`` are ids; ``timeout_ms`` may be up to 900,000, 15 minutes.
    """

    uri: Any
    operations: tuple[str, ...]
    timeout_ms: int


def with_streaming(
    operation: Operation, gateway: JsonObject, streams: StreamBinding | None
) -> JsonObject:
    """The operation in API Gateway's dialect, answered by the function that streams.

    AWS: responseTransferMode of "x-amazon-apigateway-integration object".
    """
    if streams is None or operation.operation_id not in streams.operations:
        return gateway
    integration = {
        **gateway["x-amazon-apigateway-integration"],
        "uri": streams.uri,
        "responseTransferMode": "STREAM",
        "timeoutInMillis": streams.timeout_ms,
    }
    return {**gateway, "x-amazon-apigateway-integration": integration}
