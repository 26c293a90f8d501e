"""A caller of both versions of foods, typed by their clients alone. Prints what it met."""

import json
import os
import uuid

import gatewright_foods_v1 as v1
import gatewright_foods_v2 as v2
from gatewright_foods_v1.exceptions import BadRequestException, UnauthorizedException
from gatewright_foods_v2.exceptions import ForbiddenException, NotFoundException


def configured_v1(token: str | None) -> v1.FoodsApi:
    configuration = v1.Configuration(host=os.environ["V1_URL"], access_token=token)
    configuration.api_key["api_key"] = os.environ["API_KEY"]
    return v1.FoodsApi(v1.ApiClient(configuration))


def configured_v2(token: str | None, key: str) -> v2.FoodsApi:
    configuration = v2.Configuration(host=os.environ["V2_URL"], access_token=token)
    configuration.api_key["api_key"] = key
    return v2.FoodsApi(v2.ApiClient(configuration))


def stock_of_v1() -> dict[str, str]:
    api = configured_v1(os.environ["IDENTITY"])
    listed: list[str] = api.list_foods()
    accepted: v1.Accepted = api.add_food(listed[0], v1.Delivery(quantity=2))
    level: v1.StockLevel = api.check_stock(listed[0])
    met = {"listed": listed[0], "accepted": accepted.status, "level": level.in_stock}
    try:
        api.check_stock("nothing-of-that-name")
    except BadRequestException as error:
        met["400"] = told_by_v1(error.data)
    try:
        configured_v1(None).check_stock(listed[0])
    except UnauthorizedException as error:
        met["401"] = told_by_v1(error.data)
    return met


def foods_of_v2() -> dict[str, str]:
    key = os.environ["API_KEY"]
    api = configured_v2(os.environ["WRITER"], key)
    food = v2.NewFood(name=f"python-{uuid.uuid4()}", quantity=1)
    created = api.create_food_with_http_info(str(uuid.uuid4()), food)
    tag = (created.headers or {})["ETag"]
    replaced: v2.Food = api.replace_food(food.name, tag, v2.Replacement(quantity=7))
    page: v2.FoodList = api.list_foods(limit=100, prefix=food.name)
    met = {"created": str(created.status_code), "replaced": str(replaced.quantity)}
    met["page"] = str([found.quantity for found in page.foods])
    try:
        api.replace_food(food.name, tag, v2.Replacement(quantity=8))
    except v2.ApiException as error:
        met[str(error.status)] = told_by_v2(error.data)
    api.delete_food(food.name)
    try:
        api.get_food(food.name)
    except NotFoundException as error:
        met["404"] = told_by_v2(error.data)
    try:
        configured_v2(None, "no-such-key").list_foods()
    except ForbiddenException as error:
        met["403"] = told_by_v2(error.data)
    return met


def told_by_v1(data: object) -> str:
    assert isinstance(data, v1.GatewayError)
    return data.message


def told_by_v2(data: object) -> str:
    assert isinstance(data, v2.GatewayError)
    return data.message


if __name__ == "__main__":
    print(json.dumps({"v1": stock_of_v1(), "v2": foods_of_v2()}))
