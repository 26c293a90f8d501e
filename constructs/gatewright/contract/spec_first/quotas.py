"""What is above a default quota of API Gateway, and deploys where AWS has raised it."""

from collections.abc import Iterator

from gatewright.contract.contract import Contract
from gatewright.contract.quotas import resources_of
from gatewright.contract.spec_first.findings import Note
from gatewright.contract.spec_first.gateway_rules import QUOTAS_PAGE
from gatewright.quotas import RESOURCES_PER_API


def quota_notes(contract: Contract, label: str) -> Iterator[Note]:
    """A note for each quota that the contract needs more of."""
    resources = len(resources_of(operation.path for operation in contract.operations()))
    if resources > RESOURCES_PER_API:
        text = (
            f"it has {resources} resources, and an API has {RESOURCES_PER_API} by default: have "
            f"AWS raise the quota ({QUOTAS_PAGE}) and state it in platform.yaml, quotas: "
            f"{{resources_per_api: {resources}}}, or split it into several services"
        )
        yield Note("ask", label, text)
