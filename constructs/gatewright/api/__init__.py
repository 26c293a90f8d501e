"""A contract and its backend become one REST API with a stage."""

from gatewright.api.account_logging import AccountLogging
from gatewright.api.contract_api import ContractApi
from gatewright.api.deployment import Deployment
from gatewright.api.reach import Reach
from gatewright.api.rest_api import RestApi
from gatewright.api.retired_api import RetiredApi
from gatewright.api.stage import STAGE_NAME, Stage, Throttle

__all__ = [
    "STAGE_NAME",
    "AccountLogging",
    "ContractApi",
    "Deployment",
    "Reach",
    "RestApi",
    "RetiredApi",
    "Stage",
    "Throttle",
]
