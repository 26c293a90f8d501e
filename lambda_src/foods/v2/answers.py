"""The answers of version 2, as documentation tells of them."""

from http import HTTPStatus
from typing import Any

from foods.v2.models import Food

ETAG = {"ETag": {"description": "The food's revision", "schema": {"type": "string"}}}
LOCATION = {
    "Location": {"description": "Where the food is, from here", "schema": {"type": "string"}}
}
CONTENT = {"application/json": {"model": Food}}

THE_FOOD: dict[int, Any] = {
    HTTPStatus.OK: {"description": "The food", "headers": ETAG, "content": CONTENT}
}
CREATED: dict[int, Any] = {
    HTTPStatus.CREATED: {
        "description": "The food was created, now or by an earlier try",
        "headers": {**ETAG, **LOCATION},
        "content": CONTENT,
    }
}
DELETED: dict[int, Any] = {HTTPStatus.NO_CONTENT: {"description": "The food is gone"}}
UNKNOWN: dict[int, Any] = {HTTPStatus.NOT_FOUND: {"description": "There is no such food"}}
EXISTS: dict[int, Any] = {HTTPStatus.CONFLICT: {"description": "There is such a food already"}}
KEY_REUSED: dict[int, Any] = {
    HTTPStatus.UNPROCESSABLE_ENTITY: {"description": "The key came with another food before"}
}
CHANGED: dict[int, Any] = {
    HTTPStatus.PRECONDITION_FAILED: {"description": "Somebody else changed the food"}
}
