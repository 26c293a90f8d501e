"""Why nobody is let in."""


class RefusedTokenError(Exception):
    """The token is at fault. The text says how, for logs and never for callers."""


class IssuerError(Exception):
    """The issuer's keys cannot be had, so that no token can be checked: a 500."""
