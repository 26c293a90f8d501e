"""Who may call an API, and how often."""

from gatewright.consumers.api_key import ApiKey
from gatewright.consumers.usage_plan import PlanStage, Quota, UsagePlan
from gatewright.consumers.user_pool import SignIn, UserPool

__all__ = ["ApiKey", "PlanStage", "Quota", "SignIn", "UsagePlan", "UserPool"]
