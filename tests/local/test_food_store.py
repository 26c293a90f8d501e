"""Version 2's storage on a table with the keys that platform.yaml gives it."""

import time
from collections.abc import Iterator
from typing import Any

import pytest

from foods.v2.dynamodb_store import DynamoDbFoodStore
from foods.v2.food import new_food
from foods.v2.store import FoodStore
from gatewright.config import Platform
from local.embedded_aws import EmbeddedAws
from tests.food_stores import StoreCases, attempt


@pytest.fixture(scope="module")
def client(own_aws: EmbeddedAws) -> Any:
    return own_aws.client("dynamodb")


@pytest.fixture
def table(client: Any, platform: Platform) -> Iterator[str]:
    [declared] = next(s for s in platform.services if s.name == "foods").tables
    keys = {"HASH": declared.partition_key, "RANGE": str(declared.sort_key)}
    name = f"foods-{time.monotonic_ns()}"
    client.create_table(
        TableName=name,
        AttributeDefinitions=[
            {"AttributeName": key, "AttributeType": "S"} for key in keys.values()
        ],
        KeySchema=[{"AttributeName": key, "KeyType": kind} for kind, key in keys.items()],
        BillingMode="PAY_PER_REQUEST",
    )
    yield name
    client.delete_table(TableName=name)


class TestDynamoDbFoodStore(StoreCases):
    @pytest.fixture
    def store(self, client: Any, table: str) -> FoodStore:
        return DynamoDbFoodStore(client, table)

    def test_an_expired_record_is_forgotten_before_dynamodb_removes_it(
        self, store: FoodStore, client: Any, table: str
    ) -> None:
        first = store.create(new_food("egg", 1), attempt("key"))
        store.delete("egg", None)
        client.update_item(
            TableName=table,
            Key={"collection": {"S": "attempts"}, "id": {"S": "caller key"}},
            UpdateExpression="SET expires_at = :past",
            ExpressionAttributeValues={":past": {"N": str(int(time.time()) - 1)}},
        )
        second = store.create(new_food("egg", 1), attempt("key"))
        assert second.revision != first.revision
        assert store.get("egg") == second

    def test_a_repeated_replacement_is_its_own(self, store: FoodStore) -> None:
        """As the client does it when the answer to the first request was lost."""
        seen = store.create(new_food("egg", 1), attempt("key"))
        changed = new_food("egg", 2)
        store.replace(changed, (seen.revision,))
        store.replace(changed, (seen.revision,))
        assert store.get("egg") == changed
