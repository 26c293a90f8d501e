"""What an API promises: read, check, compile.

Pure Python, without the CDK. Powertools is imported only while routes are read.
"""

from gatewright.contract.backend_constraints import backend_constraints
from gatewright.contract.binding import GatewayBinding
from gatewright.contract.check import check_contract, contract_problems
from gatewright.contract.contract import Contract, Operation
from gatewright.contract.gateway import compile_gateway
from gatewright.contract.problems import ContractError, Problem
from gatewright.contract.public import public_document
from gatewright.contract.routes import read_routes
from gatewright.contract.scopes import check_scopes
from gatewright.contract.unenforced import Unenforced

__all__ = [
    "Contract",
    "ContractError",
    "GatewayBinding",
    "Operation",
    "Problem",
    "Unenforced",
    "backend_constraints",
    "check_contract",
    "check_scopes",
    "compile_gateway",
    "contract_problems",
    "public_document",
    "read_routes",
]
