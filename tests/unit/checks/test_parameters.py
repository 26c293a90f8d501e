"""A mistake in UserParameters is told with its field and what is allowed."""

from collections.abc import Callable

import pytest

from gatewright.checks.parameters import ParameterError, Parameters

KNOWN = ("suite", "rate", "callers", "users", "operations", "region")


def _read(text: str) -> Parameters:
    return Parameters(text, KNOWN)


@pytest.mark.parametrize(
    ("text", "read", "message"),
    [
        ("{", lambda p: p, "UserParameters is not JSON"),
        ("[]", lambda p: p, "must be a JSON object"),
        ('{"rtae": 3}', lambda p: p, 'unknown field "rtae"; known are suite, rate'),
        ("{}", lambda p: p.text("region"), '"region" is missing'),
        (
            '{"region": "Mars"}',
            lambda p: p.text("region", pattern="[a-z]+"),
            '"region" must be a text like',
        ),
        (
            '{"rate": "fast"}',
            lambda p: p.number("rate", least=1, most=9),
            '"rate" must be a number from 1 to 9, and is "fast"',
        ),
        ('{"rate": 10}', lambda p: p.number("rate", least=1, most=9), "from 1 to 9, and is 10"),
        ('{"rate": true}', lambda p: p.number("rate", least=1, most=9), "and is true"),
        (
            '{"callers": 1.5}',
            lambda p: p.whole("callers", least=1, most=9),
            "a whole number from 1 to 9",
        ),
        (
            '{"suite": "all"}',
            lambda p: p.choice("suite", ("contract", "smoke")),
            '"contract" or "smoke", and is "all"',
        ),
        ('{"users": "yes"}', lambda p: p.flag("users"), "true or false"),
        ('{"operations": []}', lambda p: p.names("operations"), "a list of texts"),
        ('{"operations": [1]}', lambda p: p.names("operations"), "a list of texts"),
    ],
)
def test_mistakes(text: str, read: Callable[[Parameters], object], message: str) -> None:
    with pytest.raises(ParameterError) as caught:
        read(_read(text))
    assert message in str(caught.value)


def test_what_is_right() -> None:
    found = _read('{"suite": "smoke", "rate": 5, "callers": 3, "users": true, "operations": ["a"]}')
    assert found.choice("suite", ("contract", "smoke")) == "smoke"
    assert found.number("rate", least=1, most=9) == 5.0
    assert found.whole("callers", least=1, most=9) == 3
    assert found.flag("users") is True
    assert found.names("operations") == ("a",)


def test_defaults() -> None:
    found = _read("")
    assert found.choice("suite", ("contract", "smoke"), default="contract") == "contract"
    assert found.text("region", default="") == ""
    assert found.names("operations", default=()) == ()
