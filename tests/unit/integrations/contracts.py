"""A contract with one operation, and integrations of it."""

import json
from typing import Any

from gatewright.contract import Contract, GatewayBinding, Problem, compile_gateway
from gatewright.contract.check import contract_problems
from gatewright.integrations.deployed import Deployed, DeployedTable, DeployedVpcLink
from gatewright.integrations.integration import Integration
from gatewright.integrations.targets import Target

JsonObject = dict[str, Any]

DEPLOYED = Deployed(
    partition="aws",
    region="eu-west-1",
    account="111111111111",
    role_arn="arn:aws:iam::111111111111:role/calls",
    functions={"": "uri-of-the-version", "shop.jobs.make": "uri-of-make"},
    tables={"notes": DeployedTable("notes-1", "arn:aws:dynamodb:eu-west-1:1:table/notes-1")},
    resources={"orders": "arn:aws:sqs:{region}:{account}:orders"},
    vpc_links={"inside": DeployedVpcLink("link-1", "arn:balancer")},
)
TEXT = {"type": "string"}
BODY = {
    "type": "object",
    "required": ["name", "count"],
    "properties": {
        "name": TEXT,
        "count": {"type": "integer"},
        "note": TEXT,
        "id": {"type": "string", "minLength": 1},
        "tags": {"type": "array", "items": TEXT},
    },
}


def json_answer(schema: JsonObject, **more: Any) -> JsonObject:
    return {"description": "-", "content": {"application/json": {"schema": schema, **more}}}


def contract(
    *integrations: Integration,
    method: str = "post",
    path: str = "/notes/{owner}",
    responses: JsonObject | None = None,
    body: JsonObject | None = BODY,
    parameters: list[JsonObject] | None = None,
    **more: Any,
) -> Contract:
    """A contract whose one operation is ``op``."""
    owner = {"name": "owner", "in": "path", "required": True, "schema": TEXT}
    operation: JsonObject = {
        "operationId": "op",
        "security": [{}],
        "parameters": [owner, *(parameters or [])],
        "responses": responses or {"200": {"description": "ok"}},
    }
    if body is not None and method == "post":
        content = {"application/json": {"schema": body}}
        operation["requestBody"] = {"required": True, "content": content}
    document = {
        "openapi": "3.0.3",
        "info": {"title": "Shop", "version": "v1"},
        "paths": {path: {method: operation}},
    }
    fields: dict[str, Any] = {
        "backend_validates": True,
        "stage_variables": frozenset({"host"}),
        "resources": frozenset({"orders", "inside"}),
        **more,
    }
    return Contract("shop", "v1", "Shop", json.dumps(document), integrations=integrations, **fields)


def integrated(target: Target, **more: Any) -> Integration:
    return Integration("op", target, place="platform.yaml:9", **more)


def compiled(made: Contract, origin: str | None = None) -> JsonObject:
    """The operation ``op`` in the gateway's document."""
    binding = GatewayBinding(
        title="shop",
        integration_uri="uri-of-the-version",
        user_pool_arns=(),
        allow_origin=origin,
        integrations=DEPLOYED,
    )
    [item] = compile_gateway(made, binding)["paths"].values()
    [operation] = [value for name, value in item.items() if name != "options"]
    return dict(operation)


def integration(made: Contract, origin: str | None = None) -> JsonObject:
    return dict(compiled(made, origin)["x-amazon-apigateway-integration"])


def problems(made: Contract) -> list[Problem]:
    return list(contract_problems(made))
