"""What answers an operation in place of the version's function, as data.

Pure Python, without the CDK. AWS: "Choose an API Gateway API integration type",
"x-amazon-apigateway-integration object".
"""

from gatewright.integrations.deployed import Deployed, DeployedTable, Permission
from gatewright.integrations.integration import Integration, ResponseMapping, Template
from gatewright.integrations.sources import Source, SourceError, parse_source
from gatewright.integrations.targets import (
    DocumentTarget,
    DynamoDbTarget,
    EventBridgeTarget,
    HttpTarget,
    LambdaTarget,
    MockTarget,
    SqsTarget,
    StepFunctionsTarget,
)

__all__ = [
    "Deployed",
    "DeployedTable",
    "DocumentTarget",
    "DynamoDbTarget",
    "EventBridgeTarget",
    "HttpTarget",
    "Integration",
    "LambdaTarget",
    "MockTarget",
    "Permission",
    "ResponseMapping",
    "Source",
    "SourceError",
    "SqsTarget",
    "StepFunctionsTarget",
    "Template",
    "parse_source",
]
