"""A DynamoDB table, and what a function may do with one."""

from dataclasses import dataclass
from typing import Literal

from aws_cdk import RemovalPolicy
from aws_cdk import aws_dynamodb as dynamodb
from aws_cdk import aws_iam as iam
from constructs import Construct

# What transactions do is allowed by the actions on single items (AWS: "IAM policies and
# transactions in DynamoDB").
_READ = ("BatchGetItem", "ConditionCheckItem", "DescribeTable", "GetItem", "Query", "Scan")
_WRITE = ("BatchWriteItem", "DeleteItem", "PutItem", "UpdateItem")
_ACTIONS = {"read": _READ, "write": (*_READ, *_WRITE)}


@dataclass(frozen=True, kw_only=True)
class TableKeys:
    """The attributes that a table knows. Both keys are text.

    ``expires_at`` is the attribute with the time, in seconds since 1970, after which DynamoDB may
    remove the item, mostly within two days.
    """

    partition_key: str
    sort_key: str | None = None
    expires_at: str | None = None


@dataclass(frozen=True, kw_only=True)
class TableUse:
    """A table that a function uses: its ``name`` and ``arn`` on AWS, to ``read`` or to ``write``.

    Who writes also reads.
    """

    name: str
    arn: str
    access: Literal["read", "write"]


class Table(Construct):
    """A table that is billed by request, encrypted and restorable to any second of 35 days.

    The key is AWS's own for DynamoDB in the account, so each use of it is in CloudTrail.
    ``protect`` keeps the table from being deleted, with its stack or without. AWS: "DynamoDB
    encryption at rest", "Point-in-time backups for DynamoDB", "Deletion protection".
    """

    def __init__(
        self, scope: Construct, construct_id: str, *, keys: TableKeys, protect: bool
    ) -> None:
        super().__init__(scope, construct_id)
        table = dynamodb.Table(
            self,
            "Resource",
            partition_key=_text(keys.partition_key),
            sort_key=_text(keys.sort_key) if keys.sort_key else None,
            time_to_live_attribute=keys.expires_at,
            billing_mode=dynamodb.BillingMode.PAY_PER_REQUEST,
            encryption=dynamodb.TableEncryption.AWS_MANAGED,
            point_in_time_recovery_specification=dynamodb.PointInTimeRecoverySpecification(
                point_in_time_recovery_enabled=True
            ),
            deletion_protection=protect,
            removal_policy=(
                RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE if protect else RemovalPolicy.DESTROY
            ),
        )
        self.table_name = table.table_name
        self.table_arn = table.table_arn


def allow_table(role: iam.Role, use: TableUse) -> None:
    """Let ``role`` do with a table what ``use`` says: items, but neither settings nor backups."""
    role.add_to_policy(
        iam.PolicyStatement(
            actions=[f"dynamodb:{action}" for action in _ACTIONS[use.access]],
            resources=[use.arn],
        )
    )


def _text(name: str) -> dynamodb.Attribute:
    return dynamodb.Attribute(name=name, type=dynamodb.AttributeType.STRING)
