"""The role with which API Gateway writes logs, once per account and region."""

from aws_cdk import RemovalPolicy
from aws_cdk import aws_apigateway as apigateway
from aws_cdk import aws_iam as iam
from constructs import Construct

from gatewright.operations.findings import acknowledge

_POLICY = "service-role/AmazonAPIGatewayPushToCloudWatchLogs"


class AccountLogging(Construct):
    """Gives API Gateway its CloudWatch role in this account and region.

    The setting is one per account and region, whoever sets it last. It is retained, because
    other stacks' stages need it as long as they log. AWS: "Set up CloudWatch logging for REST
    APIs in API Gateway".
    """

    def __init__(self, scope: Construct, construct_id: str) -> None:
        super().__init__(scope, construct_id)
        role = iam.Role(
            self,
            "Role",
            assumed_by=iam.ServicePrincipal("apigateway.amazonaws.com"),
            managed_policies=[iam.ManagedPolicy.from_aws_managed_policy_name(_POLICY)],
        )
        role.apply_removal_policy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE)
        account = apigateway.CfnAccount(self, "Account", cloud_watch_role_arn=role.role_arn)
        account.apply_removal_policy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE)
        account.node.add_dependency(role)
        acknowledge(
            role,
            f"IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/{_POLICY}]",
            "The policy that AWS documents for this setting. The role serves every API of the "
            "account, so there is no narrower list of log groups.",
        )
