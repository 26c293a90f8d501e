"""What a contract is bound to when it becomes an API in one environment."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from gatewright.contract.caching import CachedOperation
from gatewright.contract.contract import KeySource
from gatewright.contract.streaming import StreamBinding

if TYPE_CHECKING:
    from gatewright.integrations.deployed import Deployed


@dataclass(frozen=True)
class GatewayBinding:
    """What the gateway's document needs to know beyond the contract.

    - ``title``: the name of the RestApi; the import takes it from the document
    - ``integration_uri``: where requests go; may be a token of the CDK, and is never looked into
    - ``user_pool_arns``: whose tokens the ``cognito`` scheme accepts; may be tokens of the CDK
    - ``allow_origin``: the one origin that browsers may call from, ``*``, or None for no browsers
    - ``timeout_ms``: how long the backend may take, in milliseconds
    - ``binary_media_types``: media types handed to the backend as base64
    - ``api_key_source``: ``HEADER`` (x-api-key), or ``AUTHORIZER`` (its usageIdentifierKey)
    - ``key_authorizer_uri``: the function that names a caller's API key, for the source
      ``AUTHORIZER``; may be a token of the CDK
    - ``minimum_compression_size``: bodies from that many bytes on are compressed for those who ask
      for it, 0 to 10485760; None for none
    - ``integrations``: names and ARNs that the contract's integrations are bound to
    - ``vpc_endpoints``: the ids of those that a private API is called through; empty for others
    - ``streams``: what is answered bit by bit, by another function; None for nothing
    - ``cached``: what API Gateway keeps of answers, by operation id
    - ``authorizer_uris``: the function of each authorizer that the contract declares, by name; may
      be tokens of the CDK
    - ``resource_policy``: who may call at all, as IAM writes it; None for everybody
    - ``lifecycle_headers``: those of every answer that the gateway gives itself; values may hold
      tokens of the CDK. Other integrations send them by ``lifecycle.response_parameters``
    """

    title: str
    integration_uri: Any
    user_pool_arns: tuple[Any, ...]
    allow_origin: str | None
    timeout_ms: int = 29000
    binary_media_types: tuple[str, ...] = ()
    api_key_source: KeySource = "HEADER"
    key_authorizer_uri: Any = None
    minimum_compression_size: int | None = None
    integrations: "Deployed | None" = None
    vpc_endpoints: tuple[str, ...] = ()
    streams: StreamBinding | None = None
    cached: Mapping[str, CachedOperation] = field(default_factory=dict, hash=False)
    authorizer_uris: Mapping[str, Any] = field(default_factory=dict, hash=False)
    resource_policy: Mapping[str, Any] | None = field(default=None, hash=False)
    lifecycle_headers: Mapping[str, str] = field(default_factory=dict, hash=False)
