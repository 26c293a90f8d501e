"""A contract and its backend become one REST API with a stage."""

from gatewright.api.account_logging import AccountLogging
from gatewright.api.contract_api import ContractApi
from gatewright.api.deployment import Deployment
from gatewright.api.rest_api import EndpointSettings, RestApi
from gatewright.api.retired_api import RetiredApi
from gatewright.api.settings import ApiSettings
from gatewright.api.stage import Stage
from gatewright.api.stage_settings import STAGE_NAME, Pinned, StageCache, StageSettings, Throttle
from gatewright.api.stream_settings import StreamSettings

__all__ = [
    "STAGE_NAME",
    "AccountLogging",
    "ApiSettings",
    "ContractApi",
    "Deployment",
    "EndpointSettings",
    "Pinned",
    "RestApi",
    "RetiredApi",
    "Stage",
    "StageCache",
    "StageSettings",
    "StreamSettings",
    "Throttle",
]
