"""How an AWS service wants to be asked, from the model of it that the AWS SDK has."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import Any

from local.gaps.integrations.errors import ConfigurationError

# The SDK calls some services otherwise than their endpoints are called.
_MODELS = {"states": "stepfunctions", "monitoring": "cloudwatch", "email": "ses"}
# SQS still answers the query protocol, which the model no longer tells.
_QUERY_TOO = frozenset({"sqs"})


@dataclass(frozen=True)
class Protocol:
    """`kind` is query, json, or another one's name."""

    kind: str
    version: str
    target_prefix: str
    json_version: str
    model: Any

    def members(self, action: str) -> list[str]:
        """What the answer to an action consists of; nothing for an action that is not known."""
        if action not in self.model.operation_names:
            return []
        shape = self.model.operation_model(action).output_shape
        return list(shape.members) if shape is not None else []


@functools.cache
def of(service: str) -> Protocol:
    """The protocol of a service, by the name in its endpoint. ConfigurationError when unknown."""
    import botocore.exceptions
    import botocore.session

    try:
        model = botocore.session.get_session().get_service_model(_MODELS.get(service, service))
    except botocore.exceptions.UnknownServiceError as problem:
        raise ConfigurationError(f"there is no AWS service {service!r}") from problem
    told = model.metadata
    is_query = service in _QUERY_TOO or "query" in told.get("protocols", [told["protocol"]])
    return Protocol(
        kind="query" if is_query else str(told["protocol"]),
        version=str(told["apiVersion"]),
        target_prefix=str(told.get("targetPrefix", "")),
        json_version=str(told.get("jsonVersion", "1.0")),
        model=model,
    )
