"""What `make destroy` says at its end."""

import pytest

from gatewright.operations.kept import DeployedStack, Kept
from local.destroy import report

PROTECTED = DeployedStack(name="shop-prod-identity", protected=True)
LEFT_OVER = DeployedStack(name="shop-prod-old-v1", protected=False)
LOGS = Kept(stack="shop-prod-api", resource_type="AWS::Logs::LogGroup", physical_id="logs")


@pytest.mark.parametrize(
    ("removed", "remaining", "first"),
    [
        (0, [], "Nothing was deployed."),
        (0, [PROTECTED], "Removed nothing."),
        (3, [PROTECTED], "Removed 3 stacks."),
    ],
    ids=["nothing there", "all protected", "some"],
)
def test_the_first_line(removed: int, remaining: list[DeployedStack], first: str) -> None:
    assert report("shop", removed, remaining, []).splitlines()[0] == first


def test_each_kept_thing_has_its_reason() -> None:
    shown = report("shop", 1, [PROTECTED, LEFT_OVER], [LOGS])
    assert "stack shop-prod-identity is protected" in shown
    assert "stack shop-prod-old-v1 is no longer in platform.yaml" in shown
    assert "AWS::Logs::LogGroup logs of stack shop-prod-api: retained" in shown
    assert "stack shop-account-logging: all environments of the account share it" in shown
