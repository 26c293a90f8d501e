"""What runs inside a function, beside the service's own code.

Bundled with every function, so it stands on Powertools alone: no CDK, no boto3.
"""

from gatewright.runtime.key_authorizer import Caller, key_authorizer
from gatewright.runtime.rest_app import RestApp

__all__ = ["Caller", "RestApp", "key_authorizer"]
