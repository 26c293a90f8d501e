"""A body of a media type that an operation does not declare is 415, whatever the backend is.

The operations come from the contracts, so a new one is covered without a new test. RFC 9110,
section 15.5.16.
"""

import re
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import pytest

from gatewright.contract import Operation
from tests.local.target import Target

UNKNOWN = "application/x-unknown"
# Whom other schemes let in, only their services can tell.
SCHEMES = {"api_key", "cognito"}
# Chalice refuses media types itself, and says so in a property of another name.
TOLD_IN = {"chaliced-v1": "Message"}


@pytest.mark.proves("body validated by the gateway, 415 for other media types")
# The fixtures are asked for by name, which does not tell whose process has them.
@pytest.mark.usefixtures("own_aws")
@pytest.mark.parametrize(
    "deployed", ["target", "showcase", pytest.param("described", marks=pytest.mark.long)]
)
def test_a_media_type_that_is_not_declared_is_415(
    deployed: str, request: pytest.FixtureRequest
) -> None:
    target: Target = request.getfixturevalue(deployed)
    wrong, asked = {}, 0
    with ExitStack() as stack:
        key = stack.enter_context(target.key())
        for api, operation in _with_a_body(target):
            client = stack.enter_context(target.http(api))
            answer = client.request(
                operation.method,
                _path(operation),
                params=_values(operation, "query"),
                headers={**_credentials(target, operation, key, stack), **_headers(operation)},
                content="nobody=reads this",
            )
            asked += 1
            told_in = TOLD_IN.get(api, "message")
            if answer.status_code != 415 or told_in not in answer.json():
                wrong[f"{api} {operation.name}"] = (answer.status_code, answer.text[:200])
    assert asked
    assert wrong == {}


def _with_a_body(target: Target) -> Iterator[tuple[str, Operation]]:
    for api, contract in target.contracts.items():
        for operation in contract.operations():
            if operation.body is not None and set(operation.schemes) <= SCHEMES:
                yield api, operation


def _credentials(
    target: Target, operation: Operation, key: str, stack: ExitStack
) -> dict[str, str]:
    found = {"x-api-key": key} if "api_key" in operation.schemes else {}
    scopes = operation.schemes.get("cognito")
    if scopes is not None:
        token = target.machine_token(*scopes) if scopes else stack.enter_context(target.token())
        found["Authorization"] = f"Bearer {token}"
    return found


def _headers(operation: Operation) -> dict[str, str]:
    return {**_values(operation, "header"), "Content-Type": UNKNOWN}


def _path(operation: Operation) -> str:
    values = _values(operation, "path")
    return re.sub(r"{([\w.-]+)\+?}", lambda found: values[found[1]], operation.path).lstrip("/")


def _values(operation: Operation, place: str) -> dict[str, str]:
    """The required parameters in ``place``: an example, or anything."""
    return {
        parameter["name"]: str(_example(parameter))
        for parameter in operation.parameters
        if parameter["in"] == place and parameter.get("required")
    }


def _example(parameter: dict[str, Any]) -> Any:
    schema = parameter["schema"]
    return parameter.get("example", schema.get("example", schema.get("enum", ["1"])[0]))
