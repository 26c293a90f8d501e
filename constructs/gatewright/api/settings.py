"""What an API is given beside its contract and its function."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gatewright.backends.lambda_backend import FunctionSettings
    from gatewright.integrations.deployed import DeployedTable


@dataclass(frozen=True, kw_only=True)
class VpcLinkSettings:
    """``load_balancer`` is the ARN of an Application or Network Load Balancer of the account."""

    load_balancer: str
    subnets: tuple[str, ...]
    security_groups: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ApiSettings:
    """The names and ARNs that integrations use, and what the whole API has.

    - ``functions``: by the handler that an integration names
    - ``tables``: those of the service, by name
    - ``resources``: ARNs of queues, state machines and event buses, by name
    - ``vpc_links``: ways to load balancers in a VPC, by name; those that are used are made
    - ``stage_variables``: AWS's names and values, without the alias of the release
    - ``binary_media_types``: media types whose bodies are bytes
    - ``minimum_compression_size``: in bytes, 0 to 10485760; None for no compression
    """

    functions: Mapping[str, "FunctionSettings"] = field(default_factory=dict)
    tables: Mapping[str, "DeployedTable"] = field(default_factory=dict)
    resources: Mapping[str, str] = field(default_factory=dict)
    vpc_links: Mapping[str, VpcLinkSettings] = field(default_factory=dict)
    stage_variables: Mapping[str, str] = field(default_factory=dict)
    binary_media_types: tuple[str, ...] = ()
    minimum_compression_size: int | None = None
