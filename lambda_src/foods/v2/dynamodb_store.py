"""Foods in DynamoDB.

All foods are one item collection, sorted by name, so a list is a query and not a scan. DynamoDB
splits a collection that gets much traffic, as long as the table has no local index (AWS: "DynamoDB
burst and adaptive capacity"). What was created under an idempotency key is an item beside the
foods, written in the same transaction: there is no moment in which one is there without the other.
"""

import time
from typing import Any

from foods.v2.food import (
    BusyError,
    Food,
    FoodExistsError,
    FoodNotFoundError,
    KeyReusedError,
    RevisionMismatchError,
)
from foods.v2.paging import Page, Selection
from foods.v2.store import Attempt

_FOODS = "foods"
_ATTEMPTS = "attempts"
_DAY_SECONDS = 24 * 60 * 60
# A list with a filter that few foods pass ends a page early rather than read on for seconds.
_MOST_QUERIES = 5
_TRIES = 4
_PAUSE_SECONDS = 0.05


class DynamoDbFoodStore:
    """A FoodStore in a table whose keys are the texts ``collection`` and ``id``.

    ``client`` is a botocore client of DynamoDB.
    """

    def __init__(self, client: Any, table: str) -> None:
        self._client = client
        self._table = table

    def page(self, selection: Selection, *, limit: int, after: str | None) -> Page:
        foods: list[Food] = []
        for _ in range(_MOST_QUERIES):
            found, after = self._query(selection, limit, after)
            foods += found
            if after is None or len(foods) >= limit:
                break
        if len(foods) > limit:
            return Page(foods=tuple(foods[:limit]), last=foods[limit - 1].name)
        return Page(foods=tuple(foods), last=after)

    def get(self, name: str) -> Food:
        answer = self._client.get_item(
            TableName=self._table, Key=_food_key(name), ConsistentRead=True
        )
        if "Item" not in answer:
            raise FoodNotFoundError(name)
        return _food(answer["Item"])

    def create(self, food: Food, attempt: Attempt) -> Food:
        for pause in range(1, _TRIES + 1):
            try:
                self._client.transact_write_items(TransactItems=self._creation(food, attempt))
            except self._client.exceptions.TransactionCanceledException as error:
                earlier = self._earlier(attempt, food)
                if earlier is not None:
                    return earlier
                if _reasons(error)[1] == "ConditionalCheckFailed":
                    raise FoodExistsError(food.name) from None
                time.sleep(_PAUSE_SECONDS * pause)
            else:
                return food
        raise BusyError

    def replace(self, food: Food, revisions: tuple[str, ...] | None) -> None:
        condition, values = _condition(revisions)
        try:
            self._client.update_item(
                TableName=self._table,
                Key=_food_key(food.name),
                UpdateExpression="SET quantity = :quantity, revision = :revision",
                ConditionExpression=condition,
                ExpressionAttributeValues={
                    ":quantity": {"N": str(food.quantity)},
                    ":revision": {"S": food.revision},
                    **values,
                },
                ReturnValuesOnConditionCheckFailure="ALL_OLD",
            )
        except self._client.exceptions.ConditionalCheckFailedException as error:
            found = error.response.get("Item")
            # The client repeats a request whose answer was lost; the first one did its work.
            if not found or _food(found).revision != food.revision:
                raise _refusal(food.name, found) from None

    def delete(self, name: str, revisions: tuple[str, ...] | None) -> None:
        condition, values = _condition(revisions)
        try:
            self._client.delete_item(
                TableName=self._table,
                Key=_food_key(name),
                ConditionExpression=condition,
                **({"ExpressionAttributeValues": values} if values else {}),
                ReturnValuesOnConditionCheckFailure="ALL_OLD",
            )
        except self._client.exceptions.ConditionalCheckFailedException as error:
            raise _refusal(name, error.response.get("Item")) from None

    def _query(
        self, selection: Selection, limit: int, after: str | None
    ) -> tuple[list[Food], str | None]:
        condition, filters = "#collection = :foods", []
        values: dict[str, Any] = {":foods": {"S": _FOODS}}
        if selection.prefix:
            condition += " AND begins_with(id, :prefix)"
            values[":prefix"] = {"S": selection.prefix}
        for bound, operator in (("min_quantity", ">="), ("max_quantity", "<=")):
            value = getattr(selection, bound)
            if value is not None:
                filters.append(f"quantity {operator} :{bound}")
                values[f":{bound}"] = {"N": str(value)}
        answer = self._client.query(
            TableName=self._table,
            KeyConditionExpression=condition,
            ExpressionAttributeNames={"#collection": "collection"},
            ExpressionAttributeValues=values,
            Limit=limit,
            **({"FilterExpression": " AND ".join(filters)} if filters else {}),
            **({"ExclusiveStartKey": _food_key(after)} if after is not None else {}),
        )
        last = answer.get("LastEvaluatedKey")
        return [_food(item) for item in answer["Items"]], last["id"]["S"] if last else None

    def _creation(self, food: Food, attempt: Attempt) -> list[dict[str, Any]]:
        now = int(time.time())
        record = {
            **_attempt_key(attempt),
            "fingerprint": {"S": attempt.fingerprint},
            "expires_at": {"N": str(now + _DAY_SECONDS)},
            "food": {"M": _item(food)},
        }
        return [
            {
                "Put": {
                    "TableName": self._table,
                    "Item": record,
                    # DynamoDB removes what has expired when it gets to it, up to days later.
                    "ConditionExpression": "attribute_not_exists(id) OR expires_at <= :now",
                    "ExpressionAttributeValues": {":now": {"N": str(now)}},
                }
            },
            {
                "Put": {
                    "TableName": self._table,
                    "Item": {**_food_key(food.name), **_item(food)},
                    "ConditionExpression": "attribute_not_exists(id)",
                }
            },
        ]

    def _earlier(self, attempt: Attempt, food: Food) -> Food | None:
        """What an earlier attempt under the same key created. Raises KeyReusedError."""
        record = self._client.get_item(
            TableName=self._table, Key=_attempt_key(attempt), ConsistentRead=True
        ).get("Item")
        if record is None or int(record["expires_at"]["N"]) <= time.time():
            return None
        if record["fingerprint"]["S"] != attempt.fingerprint:
            raise KeyReusedError
        return _food({**_food_key(food.name), **record["food"]["M"]})


def _food_key(name: str) -> dict[str, Any]:
    return {"collection": {"S": _FOODS}, "id": {"S": name}}


def _attempt_key(attempt: Attempt) -> dict[str, Any]:
    return {"collection": {"S": _ATTEMPTS}, "id": {"S": f"{attempt.caller} {attempt.key}"}}


def _item(food: Food) -> dict[str, Any]:
    return {"quantity": {"N": str(food.quantity)}, "revision": {"S": food.revision}}


def _food(item: dict[str, Any]) -> Food:
    return Food(
        name=item["id"]["S"],
        quantity=int(item["quantity"]["N"]),
        revision=item["revision"]["S"],
    )


def _condition(revisions: tuple[str, ...] | None) -> tuple[str, dict[str, Any]]:
    if revisions is None:
        return "attribute_exists(id)", {}
    if not revisions:  # weak tags alone, which match nothing
        return "attribute_exists(id) AND attribute_not_exists(id)", {}
    values = {f":r{index}": {"S": revision} for index, revision in enumerate(revisions)}
    return f"revision IN ({', '.join(values)})", values


def _refusal(name: str, found: dict[str, Any] | None) -> Exception:
    return RevisionMismatchError(name) if found else FoodNotFoundError(name)


def _reasons(error: Any) -> list[str]:
    return [reason.get("Code", "None") for reason in error.response["CancellationReasons"]]
