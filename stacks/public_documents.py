"""The public documents of a platform, with the addresses that do not wait for a deployment."""

from collections.abc import Mapping

from gatewright.config import Platform
from gatewright.contract import Contract, public_document
from gatewright.contract.document import JsonObject


def public_documents_of(
    platform: Platform, contracts: Mapping[str, Contract]
) -> dict[str, JsonObject]:
    """What is published, by API."""
    return {
        api: {**public_document(contract), **_servers(platform, api)}
        for api, contract in contracts.items()
    }


def _servers(platform: Platform, api: str) -> JsonObject:
    """Where the environments that have a domain serve an API, the last one of the file first.

    Files go from the first tries to what is public, and clients call the first server. Without a
    domain the address is only known once the environment is deployed.
    """
    service, _, version = api.rpartition("-")
    servers = [
        {"url": one.domain.url_of(service, version).rstrip("/"), "description": one.name}
        for one in reversed(platform.environments)
        if one.domain is not None
    ]
    return {"servers": servers} if servers else {}
