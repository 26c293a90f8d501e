"""How much an account takes in a region, over all APIs, as long as AWS raised no quota.

AWS: "Amazon API Gateway quotas", account-level quotas per Region
(https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html, read in November 2026).
"""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class AccountQuota:
    """Requests a second for long, and at once. AWS derives the burst, so it may be the lower."""

    rate: float
    burst: int


_DEFAULT = AccountQuota(rate=10000, burst=5000)
_SMALL = AccountQuota(rate=2500, burst=1250)
_SMALL_REGIONS = frozenset(
    {
        "af-south-1",  # Cape Town
        "ap-south-2",  # Hyderabad
        "ap-southeast-3",  # Jakarta
        "ap-southeast-4",  # Melbourne
        "ap-southeast-5",  # Malaysia
        "ap-southeast-7",  # Thailand
        "ca-west-1",  # Calgary
        "eu-central-2",  # Zurich
        "eu-south-1",  # Milan
        "eu-south-2",  # Spain
        "il-central-1",  # Tel Aviv
        "me-central-1",  # UAE
        "mx-central-1",  # Mexico
    }
)


def default_quota(region: str) -> AccountQuota:
    """Return the quota that a new account has in a region."""
    return _SMALL if region in _SMALL_REGIONS else _DEFAULT
