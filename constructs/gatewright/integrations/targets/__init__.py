"""The kinds of backends that an integration can have."""

from gatewright.integrations.targets.document import DocumentTarget
from gatewright.integrations.targets.dynamodb import DynamoDbTarget
from gatewright.integrations.targets.eventbridge import EventBridgeTarget
from gatewright.integrations.targets.function import LambdaTarget
from gatewright.integrations.targets.http import HttpTarget
from gatewright.integrations.targets.mock import MockTarget
from gatewright.integrations.targets.sqs import SqsTarget
from gatewright.integrations.targets.stepfunctions import StepFunctionsTarget

ServiceTarget = DynamoDbTarget | EventBridgeTarget | SqsTarget | StepFunctionsTarget
Target = DocumentTarget | HttpTarget | LambdaTarget | MockTarget | ServiceTarget

__all__ = [
    "DocumentTarget",
    "DynamoDbTarget",
    "EventBridgeTarget",
    "HttpTarget",
    "LambdaTarget",
    "MockTarget",
    "ServiceTarget",
    "SqsTarget",
    "StepFunctionsTarget",
    "Target",
]
