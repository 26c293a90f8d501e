"""How callers reach a REST API beside its own address."""

from dataclasses import dataclass

STRICT = "STRICT"
_ENHANCED = "SecurityPolicy_"


@dataclass(frozen=True, kw_only=True)
class Reach:
    """Of an API that has a domain.

    ``default_endpoint`` says whether it answers at AWS's own address as well. ``security_policy``
    is the domain's: API Gateway negotiates TLS by the API's policy, also for calls of the domain.
    AWS: "Disable the default endpoint for REST APIs", "Choose a security policy for your custom
    domain in API Gateway".
    """

    default_endpoint: bool = True
    security_policy: str | None = None

    @property
    def endpoint_access_mode(self) -> str | None:
        """What the newer policies must say: that host and endpoint have to be the right ones."""
        return access_mode(self.security_policy)


def access_mode(security_policy: str | None) -> str | None:
    """``STRICT`` for a policy that takes a mode; the legacy ones take none."""
    return STRICT if security_policy and security_policy.startswith(_ENHANCED) else None
