"""Who may call an API, and how often."""

from gatewright.consumers.api_key import ApiKey
from gatewright.consumers.usage_plan import KeyThrottle, PlanStage, Quota, UsagePlan
from gatewright.consumers.user_pool import SignIn, UserPool

__all__ = ["ApiKey", "KeyThrottle", "PlanStage", "Quota", "SignIn", "UsagePlan", "UserPool"]
