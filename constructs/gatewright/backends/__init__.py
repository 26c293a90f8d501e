"""What answers an API's requests."""

from gatewright.backends.lambda_backend import FunctionSettings, LambdaBackend

__all__ = ["FunctionSettings", "LambdaBackend"]
