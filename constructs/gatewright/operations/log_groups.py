"""Log groups that forget what is old."""

from aws_cdk import RemovalPolicy
from aws_cdk import aws_logs as logs

from constructs import Construct


def log_group(
    scope: Construct, construct_id: str, *, retention_days: int, removal_policy: RemovalPolicy
) -> logs.LogGroup:
    """A log group that keeps ``retention_days`` days, one of the values CloudWatch Logs has.

    Encrypted by the service with its own key (AWS: "Encrypt log data in CloudWatch Logs").
    """
    group = logs.LogGroup(
        scope, construct_id, retention=logs.RetentionDays.INFINITE, removal_policy=removal_policy
    )
    # The L2 takes an enumeration with a name for each number; the resource takes the number.
    resource = group.node.default_child
    assert isinstance(resource, logs.CfnLogGroup)  # noqa: S101
    resource.retention_in_days = retention_days
    return group
