"""Log groups that forget what is old."""

from dataclasses import dataclass

from aws_cdk import RemovalPolicy
from aws_cdk import aws_logs as logs
from constructs import Construct

from gatewright.escape_hatch import l1


@dataclass(frozen=True, kw_only=True)
class LogKeeping:
    """How long logs are kept, and whether they outlive their stack.

    ``retention_days`` is one of the values that CloudWatch Logs has (AWS: PutRetentionPolicy).
    """

    retention_days: int = 30
    retain: bool = False


def log_group(
    scope: Construct, construct_id: str, keeping: LogKeeping, *, name: str | None = None
) -> logs.LogGroup:
    """A log group, encrypted by the service with its own key; CloudFormation names it if we don't.

    AWS: "Encrypt log data in CloudWatch Logs using AWS KMS".
    """
    group = logs.LogGroup(
        scope,
        construct_id,
        log_group_name=name,
        retention=logs.RetentionDays.INFINITE,
        removal_policy=RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE
        if keeping.retain
        else RemovalPolicy.DESTROY,
    )
    # The L2 takes an enumeration with a name for each number; the resource takes the number.
    l1(group, logs.CfnLogGroup).retention_in_days = keeping.retention_days
    return group
