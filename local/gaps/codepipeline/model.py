"""CodePipeline's own model, as botocore has it: members, types, lengths, patterns."""

from __future__ import annotations

import functools
from typing import Any

TARGET_PREFIX = "CodePipeline_20150709"


@functools.cache
def service_model() -> Any:
    """The model of the service. It takes a tenth of a second to read, so late and once."""
    from botocore.session import Session

    return Session().get_service_model("codepipeline")


def shape(name: str) -> Any:
    """One of its structures, such as ``PipelineDeclaration``."""
    return service_model().shape_for(name)


def input_shape(operation: str) -> Any:
    """What an operation takes."""
    return service_model().operation_model(operation).input_shape
