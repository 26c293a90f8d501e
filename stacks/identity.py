"""Who the users and machines are. Stateful: apart from what is deployed often."""

from aws_cdk import CfnOutput, Stack
from constructs import Construct

from gatewright.config import Environment, Platform
from gatewright.consumers.user_pool import SignIn, UserPool
from gatewright.operations.log_groups import LogKeeping


class IdentityStack(Stack):
    """The user pool of one environment."""

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        stack_name: str,
        platform: Platform,
        environment: Environment,
    ) -> None:
        super().__init__(
            scope,
            construct_id,
            stack_name=stack_name,
            termination_protection=environment.protect,
        )
        self.user_pool = UserPool(
            self,
            "Users",
            name=f"{platform.project}-{environment.name}",
            # A domain prefix is unique in a region over all accounts.
            domain_prefix=f"{platform.project}-{environment.name}-{environment.account}",
            sign_in=SignIn(mfa=environment.mfa, passwords_in_request=environment.password_sign_in),
            resource_servers={
                server.identifier: server.scopes for server in platform.resource_servers
            },
            protect=environment.protect,
            logs=LogKeeping(
                retention_days=environment.log_retention_days, retain=environment.protect
            ),
        )
        self.user_pool_arn = self.user_pool.pool.user_pool_arn
        # Exported also while no route asks for a token: an export that comes and goes with its
        # importers could not be taken away while the deployed stacks still import it.
        self.export_value(self.user_pool_arn)
        self._outputs()

    def _outputs(self) -> None:
        users = self.user_pool
        CfnOutput(self, "UserPoolId", value=users.pool.user_pool_id)
        CfnOutput(self, "UserPoolClientId", value=users.user_client.user_pool_client_id)
        CfnOutput(self, "TokenUrl", value=f"{users.domain.base_url()}/oauth2/token")
        if users.machine_client:
            CfnOutput(self, "MachineClientId", value=users.machine_client.user_pool_client_id)
