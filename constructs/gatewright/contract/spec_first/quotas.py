"""What is above a default quota of API Gateway, and deploys where AWS has raised it."""

from collections.abc import Iterator

from gatewright.contract.contract import Contract
from gatewright.contract.spec_first.findings import Note
from gatewright.contract.spec_first.gateway_rules import QUOTAS_PAGE, RESOURCES_PER_API


def quota_notes(contract: Contract, label: str) -> Iterator[Note]:
    """A note for each quota that the contract needs more of."""
    resources = len(_resources(contract))
    if resources > RESOURCES_PER_API:
        text = (
            f"it has {resources} resources, and an API has {RESOURCES_PER_API} by default: have "
            f"AWS raise the quota, or split it into several services ({QUOTAS_PAGE})"
        )
        yield Note("ask", label, text)


def _resources(contract: Contract) -> set[str]:
    found = {"/"}
    for operation in contract.operations():
        segments = operation.path.split("/")
        found |= {"/".join(segments[:end]) for end in range(2, len(segments) + 1)}
    return found
