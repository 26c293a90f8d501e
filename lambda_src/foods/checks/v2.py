"""Version 2 keeps what it is told.

Each function ``check_*`` is run against a deployed API of ``APIS``, and has failed when it raises.
A check makes names of its own with ``api.mark`` and removes what it made.
"""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager

from gatewright.checks.http import Answer
from gatewright.checks.own.api import Api

APIS = ("foods-v2",)


def check_a_created_food_can_be_read_back(api: Api) -> None:
    """What was created is what is read, under the same ETag."""
    with _food(api, "read") as created:
        assert created.json == {"name": created.json["name"], "quantity": 3}, created.json
        read = api.call("get_food", path={"name": created.json["name"]})
        assert read.status == 200, read.text
        assert read.json == created.json, read.text
        assert read.headers["etag"] == created.headers["etag"]


def check_a_food_is_replaced_with_its_etag_and_not_with_a_stale_one(api: Api) -> None:
    """RFC 9110, section 13.1.1: who did not see the newest state is told so."""
    with _food(api, "replaced") as created:
        path = {"name": created.json["name"]}
        seen = {"If-Match": created.headers["etag"]}
        first = api.call("replace_food", path=path, headers=seen, body={"quantity": 4})
        assert first.status == 200, first.text
        assert first.json["quantity"] == 4, first.text
        stale = api.call("replace_food", path=path, headers=seen, body={"quantity": 5})
        assert stale.status == 412, stale.text
        assert api.call("get_food", path=path).json["quantity"] == 4


def check_a_deleted_food_is_gone(api: Api) -> None:
    """And nobody finds it again."""
    with _food(api, "deleted") as created:
        path = {"name": created.json["name"]}
        deleted = api.call("delete_food", path=path)
        assert deleted.status == 204, deleted.text
        gone = api.call("get_food", path=path)
        assert gone.status == 404, gone.text


def check_a_repeated_creation_answers_the_same(api: Api) -> None:
    """A retry with the same Idempotency-Key creates nothing."""
    key = str(uuid.uuid4())
    with _food(api, "repeated", key) as first:
        second = api.call(
            "create_food",
            headers={"Idempotency-Key": key},
            body={"name": first.json["name"], "quantity": 3},
        )
        assert second.status == 201, second.text
        assert second.json == first.json, second.text
        assert second.headers["etag"] == first.headers["etag"]


@contextmanager
def _food(api: Api, purpose: str, key: str | None = None) -> Iterator[Answer]:
    """The answer to the creation of a food, which is removed afterwards if it is still there."""
    name = f"check-{purpose}-{api.mark}"
    created = api.call(
        "create_food",
        headers={"Idempotency-Key": key or str(uuid.uuid4())},
        body={"name": name, "quantity": 3},
    )
    try:
        assert created.status == 201, created.text
        yield created
    finally:
        api.call("delete_food", path={"name": name})
