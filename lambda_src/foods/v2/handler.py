"""The routes of version 2. They are the contract: the gateway is compiled from them."""

from http import HTTPStatus
from typing import Annotated, Any

from aws_lambda_powertools import Logger, Metrics
from aws_lambda_powertools.event_handler import Response, content_types
from aws_lambda_powertools.event_handler.exceptions import BadRequestError
from aws_lambda_powertools.event_handler.openapi.params import Body
from aws_lambda_powertools.metrics import MetricUnit

from foods.v2 import answers, parameters
from foods.v2.dependencies import stock
from foods.v2.errors import STATUS
from foods.v2.etags import etag, revisions
from foods.v2.food import Food as StoredFood
from foods.v2.models import Food, FoodList, NewFood, Replacement
from foods.v2.paging import Selection
from gatewright.runtime import RestApp

logger = Logger()
metrics = Metrics()
app = RestApp(metrics=metrics)

READERS: list[dict[str, list[str]]] = [{"api_key": []}]
WRITERS = [{"cognito": ["foods/write"]}]


@app.exception_handler(list(STATUS))
def refused(error: Exception) -> Response[Any]:
    """A 4xx that says what to do."""
    return app.error(STATUS[type(error)], str(error))


@app.get("/foods", summary="List foods", security=READERS)
def list_foods(
    limit: parameters.Limit = 20,
    cursor: parameters.Cursor = None,
    prefix: parameters.Prefix = None,
    min_quantity: parameters.AtLeast = None,
    max_quantity: parameters.AtMost = None,
) -> FoodList:
    """Sorted by name, a page at a time. With a filter, a page may be short and not the last."""
    selection = Selection(prefix=prefix or "", min_quantity=min_quantity, max_quantity=max_quantity)
    page, next_cursor = stock().page(selection, limit=limit, cursor=cursor)
    return FoodList(foods=[_model(food) for food in page.foods], next_cursor=next_cursor)


@app.get(
    "/foods/<name>",
    summary="Get a food",
    security=READERS,
    responses={**answers.THE_FOOD, **answers.UNKNOWN},
)
def get_food(name: parameters.Name) -> Response[Food]:
    """With its ETag, on which a later write can be made to depend."""
    return _answer(HTTPStatus.OK, stock().get(name))


@app.post(
    "/foods",
    summary="Create a food",
    security=WRITERS,
    responses={**answers.CREATED, **answers.EXISTS, **answers.KEY_REUSED},
)
def create_food(
    food: Annotated[NewFood, Body()], idempotency_key: parameters.IdempotencyKey
) -> Response[Food]:
    """Needs a token with the scope foods/write."""
    created = stock().create(food.name, food.quantity, caller=_caller(), key=idempotency_key)
    logger.info("food created", food=created.name)
    metrics.add_metric(name="FoodsCreated", unit=MetricUnit.Count, value=1)
    return _answer(HTTPStatus.CREATED, created, {"Location": f"foods/{created.name}"})


@app.put(
    "/foods/<name>",
    summary="Replace a food",
    security=WRITERS,
    responses={**answers.THE_FOOD, **answers.UNKNOWN, **answers.CHANGED},
)
def replace_food(
    name: parameters.Name,
    replacement: Annotated[Replacement, Body()],
    if_match: parameters.IfMatch,
) -> Response[Food]:
    """Needs a token with the scope foods/write, and the ETag of what is replaced."""
    if replacement.name not in (None, name):
        raise BadRequestError("The name in the body is not the one in the path")
    replaced = stock().replace(name, replacement.quantity, revisions(if_match))
    logger.info("food replaced", food=name)
    return _answer(HTTPStatus.OK, replaced)


@app.delete(
    "/foods/<name>",
    summary="Delete a food",
    security=WRITERS,
    status_code=HTTPStatus.NO_CONTENT,
    responses={**answers.DELETED, **answers.UNKNOWN, **answers.CHANGED},
)
def delete_food(
    name: parameters.Name, if_match: parameters.OptionalIfMatch = None
) -> Response[None]:
    """Needs a token with the scope foods/write."""
    stock().delete(name, None if if_match is None else revisions(if_match))
    logger.info("food deleted", food=name)
    return Response(HTTPStatus.NO_CONTENT)


def _caller() -> str:
    """The user or machine of the token: the keys of one never meet those of another."""
    return str(app.current_event.request_context.authorizer.claims["sub"])


def _model(food: StoredFood) -> Food:
    return Food(name=food.name, quantity=food.quantity)


def _answer(
    status: HTTPStatus, food: StoredFood, headers: dict[str, str] | None = None
) -> Response[Food]:
    return Response(
        status_code=status,
        content_type=content_types.APPLICATION_JSON,
        body=_model(food),
        headers={"ETag": etag(food.revision), **(headers or {})},
    )
