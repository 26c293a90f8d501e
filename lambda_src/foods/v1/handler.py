"""The routes of version 1. They are the contract: the gateway is compiled from them."""

from http import HTTPStatus
from typing import Annotated, Any, Literal

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.openapi.params import Body, Path
from pydantic import BaseModel, ConfigDict, Field

from foods.v1 import stock
from gatewright.runtime import RestApp

app = RestApp()

Food = Annotated[str, Path(description="The food's name", examples=["hamburger"])]


@app.exception_handler(stock.UnknownFoodError)
def unknown_food(error: stock.UnknownFoodError) -> Response[Any]:
    """A 400 that lists the choices."""
    return app.error(HTTPStatus.BAD_REQUEST, str(error))


class Hello(BaseModel):
    """A greeting."""

    hello: Literal["world"]


class StockLevel(BaseModel):
    """Whether a food is in stock."""

    in_stock: Literal["yes", "no"]


class Delivery(BaseModel):
    """How much of a food has come in."""

    model_config = ConfigDict(extra="forbid", strict=True)

    quantity: Annotated[int, Field(ge=1, description="Items delivered", examples=[3])]


class Accepted(BaseModel):
    """The delivery was accepted."""

    status: Literal["ok"]


@app.get("/", summary="Say hello", security=[{}])
def hello() -> Hello:
    """Open to everybody."""
    return Hello(hello="world")


@app.get("/list_foods", summary="List the foods", security=[{"api_key": []}])
def list_foods() -> list[str]:
    """Needs an API key on a usage plan."""
    return stock.list_foods()


@app.get("/check_stock/<food>", summary="Check a food's stock", security=[{"cognito": []}])
def check_stock(food: Food) -> StockLevel:
    """Needs a signed-in user."""
    return StockLevel.model_validate({"in_stock": stock.check_stock(food)})


@app.put("/add_food/<food>", summary="Record a delivery", security=[{"cognito": []}])
def add_food(food: Food, delivery: Annotated[Delivery, Body()]) -> Accepted:
    """Needs a signed-in user."""
    stock.add_food(food, delivery.quantity)
    return Accepted(status="ok")
