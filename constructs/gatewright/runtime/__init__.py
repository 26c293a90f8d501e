"""What runs inside a function, beside the service's own code.

Bundled with every function, so it stands on Powertools alone: no CDK, no boto3. Its names are
loaded when they are asked for: a synthesis wants the variables' names only, and no Powertools.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from gatewright.runtime.key_authorization import Caller, key_authorizer
    from gatewright.runtime.rest_app import RestApp

__all__ = ["Caller", "RestApp", "key_authorizer"]

_HOMES = {
    "Caller": "gatewright.runtime.key_authorization",
    "RestApp": "gatewright.runtime.rest_app",
    "key_authorizer": "gatewright.runtime.key_authorization",
}


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
