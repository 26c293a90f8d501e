"""The TLS policies of APIs and domains."""

STRICT = "STRICT"
_ENHANCED = "SecurityPolicy_"


def access_mode(security_policy: str | None) -> str | None:
    """``STRICT`` for a policy that takes a mode; the legacy ones take none.

    Host and endpoint have to be the right ones then. AWS: "Choose a security policy for your custom
    domain in API Gateway".
    """
    return STRICT if security_policy and security_policy.startswith(_ENHANCED) else None
