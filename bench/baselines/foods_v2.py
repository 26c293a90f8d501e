"""The first read and the first write of foods-v2, with the same calls of DynamoDB."""

import os
import time
import uuid
from functools import cache
from http import HTTPStatus
from typing import Annotated, Any

from aws_lambda_powertools.event_handler import APIGatewayRestResolver, Response
from aws_lambda_powertools.event_handler.openapi.params import Body, Header, Query
from pydantic import BaseModel, ConfigDict, Field

app = APIGatewayRestResolver(enable_validation=True)

Limit = Annotated[int, Query(ge=1, le=100)]
IdempotencyKey = Annotated[str, Header(alias="Idempotency-Key", pattern="^[!-~]+$", max_length=128)]
_ABSENT = "attribute_not_exists(id)"


class Food(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    name: Annotated[str, Field(pattern="^[A-Za-z0-9][A-Za-z0-9._-]*$", max_length=64)]
    quantity: Annotated[int, Field(ge=0)]


class FoodList(BaseModel):
    foods: list[Food]
    next_cursor: str | None


@cache
def table() -> tuple[Any, str]:
    import botocore.session  # as the service does: off the path of what needs no table

    client = botocore.session.get_session().create_client("dynamodb")
    return client, os.environ["TABLE_STOCK"]


@app.get("/foods")
def list_foods(limit: Limit = 20, cursor: str | None = None) -> FoodList:
    client, name = table()
    found = client.query(
        TableName=name,
        KeyConditionExpression="#collection = :foods",
        ExpressionAttributeNames={"#collection": "collection"},
        ExpressionAttributeValues={":foods": {"S": "foods"}},
        Limit=limit,
        **({"ExclusiveStartKey": _key("foods", cursor)} if cursor else {}),
    )
    last = found.get("LastEvaluatedKey")
    return FoodList(
        foods=[
            Food(name=item["id"]["S"], quantity=int(item["quantity"]["N"]))
            for item in found["Items"]
        ],
        next_cursor=last["id"]["S"] if last else None,
    )


@app.post("/foods")
def create_food(food: Annotated[Food, Body()], idempotency_key: IdempotencyKey) -> Response[Food]:
    client, name = table()
    item = {"quantity": {"N": str(food.quantity)}, "revision": {"S": uuid.uuid4().hex}}
    caller = app.current_event.request_context.authorizer.claims["sub"]
    attempt = _key("attempts", f"{caller} {idempotency_key}")
    expires = {"expires_at": {"N": str(int(time.time()) + 86_400)}}
    puts = [{**attempt, **expires, "food": {"M": item}}, {**_key("foods", food.name), **item}]
    client.transact_write_items(
        TransactItems=[
            {"Put": {"TableName": name, "Item": put, "ConditionExpression": _ABSENT}}
            for put in puts
        ]
    )
    return Response(HTTPStatus.CREATED, "application/json", food)


def _key(collection: str, item_id: str) -> dict[str, Any]:
    return {"collection": {"S": collection}, "id": {"S": item_id}}
