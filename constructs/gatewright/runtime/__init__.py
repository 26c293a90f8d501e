"""What runs inside a function, beside the service's own code.

Bundled with every function, so it stands on Powertools alone: no CDK, no boto3. The folder
`jwt_authorizer` is a function of the platform's own, with what it needs besides. Its names are
loaded when they are asked for: a synthesis wants the variables' names only, and no Powertools.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from gatewright.runtime.authorizer_request import Request
    from gatewright.runtime.authorizers import Identity, request_authorizer, token_authorizer
    from gatewright.runtime.key_authorization import Caller, key_authorizer
    from gatewright.runtime.rest_app import RestApp

__all__ = [
    "Caller",
    "Identity",
    "Request",
    "RestApp",
    "key_authorizer",
    "request_authorizer",
    "token_authorizer",
]

_HOMES = {
    "Caller": "gatewright.runtime.key_authorization",
    "Identity": "gatewright.runtime.authorizers",
    "Request": "gatewright.runtime.authorizer_request",
    "RestApp": "gatewright.runtime.rest_app",
    "key_authorizer": "gatewright.runtime.key_authorization",
    "request_authorizer": "gatewright.runtime.authorizers",
    "token_authorizer": "gatewright.runtime.authorizers",
}


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
