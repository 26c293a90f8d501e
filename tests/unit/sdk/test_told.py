"""What the templates of ours are told."""

import json
import tomllib

import pytest

from gatewright.sdk.names import names_of
from gatewright.sdk.told import literal, told
from tests.unit.sdk.documents import document

NAMES = names_of(document(), "gatewright", "")
TITLES = [
    "Kid's",
    'so-called "foods"',
    "a\\b",
    "#{1 + 1} #$a #@b #1",
    "Überprüfen \U0001f354",
    "</x>",
]


@pytest.mark.parametrize("title", TITLES)
def test_a_literal_is_read_as_json_and_toml(title: str) -> None:
    assert json.loads(literal(title)) == title
    assert tomllib.loads(f"a = {literal(title)}") == {"a": title}


def test_ruby_finds_no_code_in_a_literal() -> None:
    assert literal("#{a} #$b #@c #1") == r'"\u0023{a} \u0023$b \u0023@c #1"'


def test_an_error_model_is_told_only_if_there_is_one() -> None:
    found = document()
    summary = "Client of the API Foods, 2.0.0"
    key = {"method": "apiKey", "key": "x-api-key", "isKey": True}
    token = {"method": "cognito", "key": "", "isBearer": True}
    expected = {
        "summary": summary,
        "summaryLiteral": f'"{summary}"',
        "credentials": [key, token],
    }
    assert told(found, NAMES, "java") == {**expected, "errorModel": "GatewayError"}
    del found.content["paths"]["/foods"]["get"]["responses"]["403"]
    assert told(found, NAMES, "java") == expected
