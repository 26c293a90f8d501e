"""`$context.error.validationErrorString`, as data and then on a running server's answers.

AWS: "Gateway response types" (BAD_REQUEST_BODY).
"""

import json
from typing import Any

import pytest

from local.gaps.access_logs import formatted
from local.gaps.validation_errors import noted, rendered
from local.gaps.velocity_values import JavaMap

PATH = 'x","status":"200'
TEMPLATE = b'{"detail":"$context.error.validationErrorString"}'


class Error:
    """What ministack hands from the check to the answer."""

    def __init__(self, response_type: str) -> None:
        self.response_type = response_type


def answer(error: Error) -> Any:
    _, _, body = rendered(lambda _error, _request: (400, {}, TEMPLATE))(error, {})
    return json.loads(body)


@pytest.mark.parametrize("body", [b"{", b"", None])
def test_a_body_that_is_no_json(body: bytes | None) -> None:
    check = noted(lambda *_: Error("BAD_REQUEST_BODY"))
    error = check({}, "api", {}, {}, body, {})
    assert answer(error) == {"detail": "[the body is not JSON]"}


def test_another_error_has_no_detail() -> None:
    assert answer(noted(lambda *_: Error("THROTTLED"))({}, "api", {}, {}, b"{}", {})) == {
        "detail": ""
    }


def test_no_error_stays_none() -> None:
    assert noted(lambda *_: None)({}, "api", {}, {}, b"{}", {}) is None


def test_quotes_in_the_detail_stay_in_the_string() -> None:
    error = Error("BAD_REQUEST_BODY")
    error.__dict__["validation_error"] = '["x" is too short\n]'
    assert answer(error) == {"detail": '["x" is too short\n]'}


def test_a_callers_quotes_end_no_field_of_the_access_log() -> None:
    line = formatted('{"path":"$context.path"}', JavaMap(path=PATH))
    assert json.loads(line) == {"path": PATH}
