"""What answers an API's requests."""

from gatewright.backends.lambda_backend import FunctionSettings, LambdaBackend
from gatewright.backends.table import Table, TableKeys, TableUse

__all__ = ["FunctionSettings", "LambdaBackend", "Table", "TableKeys", "TableUse"]
