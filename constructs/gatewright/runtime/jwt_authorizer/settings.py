"""What the platform tells the function, in its environment."""

import os
from collections.abc import Mapping
from dataclasses import dataclass

from gatewright.runtime.variables import (
    ALGORITHMS_VARIABLE,
    AUDIENCE_VARIABLE,
    CLAIMS_VARIABLE,
    CLOCK_SKEW_VARIABLE,
    HEADER_VARIABLE,
    ISSUER_VARIABLE,
)


@dataclass(frozen=True, kw_only=True)
class Settings:
    """Whose tokens are taken, and which.

    - ``issuer``: the URL in their ``iss``, compared exactly
    - ``audience``: the values of ``aud`` of which a token has one
    - ``algorithms``: the names of signatures (RFC 7518, section 3.1)
    - ``clock_skew_seconds``: how far the issuer's clock may be off
    - ``header``: the header with the token, for a request authorizer
    - ``claims``: names of claims that are handed on
    """

    issuer: str
    audience: frozenset[str]
    algorithms: frozenset[str]
    clock_skew_seconds: int = 30
    header: str = "Authorization"
    claims: tuple[str, ...] = ()


def settings(variables: Mapping[str, str] = os.environ) -> Settings:
    """Read them. Raises KeyError for one that is not there."""
    return Settings(
        issuer=variables[ISSUER_VARIABLE],
        audience=frozenset(variables[AUDIENCE_VARIABLE].split()),
        algorithms=frozenset(variables[ALGORITHMS_VARIABLE].split()),
        clock_skew_seconds=int(variables[CLOCK_SKEW_VARIABLE]),
        header=variables[HEADER_VARIABLE],
        claims=tuple(variables.get(CLAIMS_VARIABLE, "").split()),
    )
