"""The function that runs checks of one kind."""

from aws_cdk import Duration
from aws_cdk import aws_iam as iam
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_s3 as s3
from constructs import Construct

from gatewright.backends.bundled_code import BundledCode
from gatewright.bundling import Bundle
from gatewright.operations.log_groups import LogKeeping, log_group
from gatewright.operations.wildcards import acknowledge_wildcards, policy_of

REPORTS_VARIABLE = "REPORTS_BUCKET"
_MINUTES = 15  # the most that Lambda allows; a longer check is called again
_MEMORY_MB = 1024


class CheckFunction(Construct):
    """It may write its log and its reports, and act with the roles given to ``allow_roles``.

    ``role_name`` is the name that those roles trust. What CodePipeline hands to it is read with
    the credentials of the job (AWS: "Invoke an AWS Lambda function in a pipeline").
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        code: Bundle,
        handler: str,
        role_name: str,
        reports: s3.IBucket,
        logs: LogKeeping,
    ) -> None:
        super().__init__(scope, construct_id)
        self.log_group = log_group(self, "Logs", logs)
        self.role = self._role(role_name)
        self.function = self._function(code, handler, reports)

    def allow_role(self, role_arn: str) -> None:
        """Let it act with one role."""
        self.role.add_to_policy(
            iam.PolicyStatement(actions=["sts:AssumeRole"], resources=[role_arn])
        )

    def accept(self) -> None:
        """Accept the wildcards of its policy, when nothing more is allowed to it."""
        acknowledge_wildcards(
            policy_of(self.role),
            "PutJobSuccessResult and PutJobFailureResult know no resources (AWS: Service "
            "Authorization Reference, CodePipeline); /* are the objects of the reports' bucket, "
            "and what the CDK grants of its key; ?????? ends the ARN of every secret.",
        )

    def _role(self, name: str) -> iam.Role:
        role = iam.Role(
            self,
            "Role",
            role_name=name,
            assumed_by=iam.ServicePrincipal("lambda.amazonaws.com"),
        )
        self.log_group.grant_write(role)
        return role

    def _function(self, code: Bundle, handler: str, reports: s3.IBucket) -> lambda_.Function:
        return lambda_.Function(
            self,
            "Function",
            runtime=lambda_.Runtime.PYTHON_3_14,
            architecture=lambda_.Architecture.ARM_64,
            code=BundledCode(code),
            handler=handler,
            memory_size=_MEMORY_MB,
            timeout=Duration.minutes(_MINUTES),
            environment={REPORTS_VARIABLE: reports.bucket_name},
            # A job that has ended cannot be reported again.
            retry_attempts=0,
            role=self.role,
            log_group=self.log_group,
            logging_format=lambda_.LoggingFormat.JSON,
        )
