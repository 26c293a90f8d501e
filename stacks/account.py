"""What every environment of one account and region shares."""

from aws_cdk import Stack
from constructs import Construct

from gatewright.api.account_logging import AccountLogging


class AccountStack(Stack):
    """API Gateway's role for logging: deployed once, before the environments."""

    def __init__(self, scope: Construct, construct_id: str, *, stack_name: str) -> None:
        super().__init__(scope, construct_id, stack_name=stack_name)
        AccountLogging(self, "Logging")
