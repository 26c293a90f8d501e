"""Answers every operation of a contract as the contract says: what breaks it is refused.

The contract and an answer of each operation lie beside this file, in a file of the API's name. A
request is checked by a library that knows nothing of Gatewright.
"""

import json
import os
from functools import cache
from http import HTTPStatus
from pathlib import Path
from typing import Any

from described.bodies import body_problem
from described.parameters import parameter_problem
from described.schemas import Schemas

_JSON = "application/json"


def answer(event: dict[str, Any], context: Any) -> dict[str, Any]:  # noqa: ARG001
    """The answer to a request in API Gateway's payload format 1.0."""
    api = os.environ["POWERTOOLS_SERVICE_NAME"]
    schemas = _schemas(api)
    method = event["httpMethod"].lower()
    operation = schemas.contract["paths"][event["resource"]][method]
    if "requestBody" in operation:
        status, problem = body_problem(operation["requestBody"], event, schemas)
        if status is not None:
            return _refusal(status, problem, event)
    for parameter in operation.get("parameters", ()):
        if problem := parameter_problem(parameter, event, schemas):
            return _refusal(HTTPStatus.BAD_REQUEST, problem, event)
    made: dict[str, Any] = _stored(api)["answers"][f"{method} {event['resource']}"]
    return made


@cache
def _stored(api: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((Path(__file__).parent / f"{api}.json").read_text("utf-8"))
    return found


@cache
def _schemas(api: str) -> Schemas:
    return Schemas(_stored(api)["contract"])


def _refusal(status: HTTPStatus, problem: str, event: dict[str, Any]) -> dict[str, Any]:
    told = {"message": problem, "request_id": event["requestContext"]["requestId"]}
    return {
        "statusCode": status.value,
        "headers": {"Content-Type": _JSON},
        "body": json.dumps(told),
    }
