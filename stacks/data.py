"""The data of one service. Stateful: apart from what is deployed often."""

from aws_cdk import CfnOutput, Stack
from constructs import Construct

from gatewright.backends import Table, TableKeys
from gatewright.config import Environment, Service


class DataStack(Stack):
    """The tables of a service, which all its versions share."""

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        stack_name: str,
        environment: Environment,
        service: Service,
    ) -> None:
        super().__init__(
            scope,
            construct_id,
            stack_name=stack_name,
            termination_protection=environment.protect,
        )
        self.tables = {
            table.name: Table(
                self,
                f"Table-{table.name}",
                keys=TableKeys(
                    partition_key=table.partition_key,
                    sort_key=table.sort_key,
                    expires_at=table.expires_at,
                ),
                protect=environment.protect,
            )
            for table in service.tables
        }
        for name, made in self.tables.items():
            # Exported also while no version uses it, for the reason given at the user pool.
            self.export_value(made.table_name)
            self.export_value(made.table_arn)
            CfnOutput(self, f"TableName-{name}", value=f"{name}={made.table_name}")
