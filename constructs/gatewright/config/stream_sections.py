"""Answers that are sent bit by bit, as `platform.yaml` writes them."""

from typing import Annotated

from pydantic import Field

from gatewright.config.rules import whole
from gatewright.config.section import Section
from gatewright.config.values import Function, OperationId


class Streams(Section):
    """Operations whose answers are streamed, by a function of their own.

    AWS: "Stream the integration response for your proxy integrations in API Gateway".
    """

    handler: Function = Field(
        description="<folder>.<module>:<function> below lambda_src/: a generator that yields "
        "status and headers, then text or bytes. In the folder of the routes."
    )
    operations: tuple[OperationId, ...] = Field(
        min_length=1, description="The ids of the operations that it answers."
    )
    timeout_seconds: Annotated[int, whole(1, 900, "seconds")] = Field(
        60, description="The seconds after which an answer is cut off, 1 to 900."
    )
