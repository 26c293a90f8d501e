"""The first read and the first write of foods-v1."""

from typing import Annotated, Literal

from aws_lambda_powertools.event_handler import APIGatewayRestResolver
from aws_lambda_powertools.event_handler.openapi.params import Body, Path
from pydantic import BaseModel, ConfigDict, Field

app = APIGatewayRestResolver(enable_validation=True)


class Hello(BaseModel):
    hello: Literal["world"]


class Delivery(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    quantity: Annotated[int, Field(ge=1)]


class Accepted(BaseModel):
    status: Literal["ok"]


@app.get("/")
def hello() -> Hello:
    return Hello(hello="world")


@app.put("/add_food/<food>")
def add_food(food: Annotated[str, Path()], delivery: Annotated[Delivery, Body()]) -> Accepted:
    if food not in {"hamburger", "hotdog"} or delivery.quantity < 1:
        raise ValueError(food)
    return Accepted(status="ok")
