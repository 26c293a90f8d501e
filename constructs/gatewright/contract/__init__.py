"""What an API promises: read, check, compile.

Pure Python, without the CDK. Powertools is imported only while routes are read.
"""

from gatewright.contract.apps.chalice import read_chalice
from gatewright.contract.apps.proxy import proxy_contract
from gatewright.contract.apps.wsgi import check_wsgi_app
from gatewright.contract.authorized_operations import authorized_operations
from gatewright.contract.authorizer import Authorizer
from gatewright.contract.binding import GatewayBinding
from gatewright.contract.caching import CachedOperation
from gatewright.contract.check import check_contract, contract_problems
from gatewright.contract.constraints import Constraint, backend_constraints, constraints
from gatewright.contract.contract import Contract, KeySource, Operation
from gatewright.contract.gateway import compile_gateway
from gatewright.contract.lifecycle import Lifecycle, lifecycle_headers
from gatewright.contract.problems import ContractError, Problem
from gatewright.contract.public import public_document
from gatewright.contract.retired import compile_retired
from gatewright.contract.routes import read_routes
from gatewright.contract.scopes import check_scopes
from gatewright.contract.security import API_KEY
from gatewright.contract.service_function import check_service_function
from gatewright.contract.spec_first import read_contract_file
from gatewright.contract.streaming import StreamBinding

__all__ = [
    "API_KEY",
    "Authorizer",
    "CachedOperation",
    "Constraint",
    "Contract",
    "ContractError",
    "GatewayBinding",
    "KeySource",
    "Lifecycle",
    "Operation",
    "Problem",
    "StreamBinding",
    "authorized_operations",
    "backend_constraints",
    "check_contract",
    "check_scopes",
    "check_service_function",
    "check_wsgi_app",
    "compile_gateway",
    "compile_retired",
    "constraints",
    "contract_problems",
    "lifecycle_headers",
    "proxy_contract",
    "public_document",
    "read_chalice",
    "read_contract_file",
    "read_routes",
]
