"""The call of a backend, before mappings are added."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from gatewright.contract.document import JsonObject

IntegrationType = Literal["aws", "aws_proxy", "http", "http_proxy", "mock"]


@dataclass(frozen=True)
class Call:
    """What an integration asks for. Fields are those of x-amazon-apigateway-integration.

    ``parameters`` and ``templates`` (by the media type of the caller's request) give way to what
    the integration writes itself; ``more`` are other fields.
    """

    type: IntegrationType
    uri: Any = None
    method: str = "POST"
    parameters: Mapping[str, str] = field(default_factory=dict)
    templates: Mapping[str, str] = field(default_factory=dict)
    more: JsonObject = field(default_factory=dict)
