"""The backend that answers from the contract: what it refuses, and what not."""

from typing import Any

import pytest

from described.bodies import body_problem
from described.parameters import parameter_problem
from described.schemas import Schemas

SCHEMAS = Schemas(
    {
        "paths": {},
        "components": {
            "schemas": {
                "Pet": {
                    "type": "object",
                    "required": ["id", "name"],
                    "properties": {
                        "id": {"type": "integer", "readOnly": True},
                        "name": {"type": "string", "nullable": True},
                        "since": {"type": "string", "format": "date"},
                        "chip": {"nullable": True, "anyOf": [{"type": "integer"}]},
                        "mother": {"$ref": "#/components/schemas/Pet"},
                    },
                    "discriminator": {"propertyName": "name"},
                }
            }
        },
    }
)
PET = {"$ref": "#/components/schemas/Pet"}
LIST = {"type": "array", "items": {"type": "integer"}, "maxItems": 2}
OBJECT = {"type": "object", "properties": {"a": {"type": "integer"}, "b": {"type": "boolean"}}}
FORM = "application/x-www-form-urlencoded"


def _event(**more: Any) -> dict[str, Any]:
    return {"multiValueQueryStringParameters": None, "multiValueHeaders": {}, **more}


@pytest.mark.parametrize(
    ("parameter", "query", "good"),
    [
        ({"schema": {"type": "integer"}}, {"q": ["1"]}, True),
        ({"schema": {"type": "integer"}}, {"q": ["1.5"]}, False),
        ({"schema": {"type": "integer"}}, {"q": [""]}, False),
        ({"schema": {"type": "integer", "minimum": 2}}, {"q": ["1"]}, False),
        ({"schema": {"type": "boolean"}}, {"q": ["true"]}, True),
        ({"schema": {"type": "boolean"}}, {"q": ["yes"]}, False),
        ({"schema": {"type": "string"}}, {"q": ["1"]}, True),
        ({"schema": {"type": "string", "format": "date"}}, {"q": ["today"]}, False),
        ({"schema": {"type": "string", "format": "uri"}}, {"q": ["urn:a"]}, True),
        ({"schema": {"type": "string", "format": "uri"}}, {"q": [""]}, False),
        ({"schema": {"type": "string", "format": "time"}}, {"q": ["16:39:57Z"]}, True),
        ({"schema": {"type": "string", "format": "time"}}, {"q": ["noon"]}, False),
        ({"schema": {"type": "integer"}}, None, True),
        ({"schema": {"type": "integer"}, "required": True}, None, False),
        ({"schema": LIST}, {"q": ["1", "2"]}, True),
        ({"schema": LIST}, {"q": ["1", "x"]}, False),
        ({"schema": LIST, "explode": False}, {"q": ["1,2"]}, True),
        ({"schema": LIST, "explode": False}, {"q": ["1,2,3"]}, False),
        ({"schema": LIST, "style": "pipeDelimited"}, {"q": ["1|2"]}, True),
        ({"schema": OBJECT}, {"a": ["1"], "b": ["true"]}, True),
        ({"schema": OBJECT}, {"a": ["x"]}, False),
        ({"schema": OBJECT, "style": "deepObject"}, {"q[a]": ["1"]}, True),
        ({"schema": OBJECT, "style": "deepObject"}, {"q[a]": ["x"]}, False),
        ({"schema": OBJECT, "explode": False}, {"q": ["a,1,b,false"]}, True),
        ({"schema": OBJECT, "explode": False}, {"q": ["a,x"]}, False),
    ],
)
def test_a_parameter_of_the_query(parameter: Any, query: Any, good: bool) -> None:
    event = _event(multiValueQueryStringParameters=query)
    problem = parameter_problem({"name": "q", "in": "query", **parameter}, event, SCHEMAS)
    assert (problem == "") == good, problem


@pytest.mark.parametrize(
    ("place", "event", "good"),
    [
        ("header", {"multiValueHeaders": {"Q": ["1"]}}, True),
        ("header", {"multiValueHeaders": {"Q": ["x"]}}, False),
        ("path", {"pathParameters": {"q": "1"}}, True),
        ("path", {"pathParameters": {"q": "x"}}, False),
        ("cookie", {"multiValueHeaders": {"Cookie": ["a=x; q=1"]}}, True),
        ("cookie", {"multiValueHeaders": {"Cookie": ["a=1; q=x"]}}, False),
    ],
)
def test_a_parameter_elsewhere(place: str, event: Any, good: bool) -> None:
    parameter = {"name": "q", "in": place, "schema": {"type": "integer"}, "required": True}
    assert (parameter_problem(parameter, _event(**event), SCHEMAS) == "") == good


@pytest.mark.parametrize(
    ("media_type", "body", "status"),
    [
        ("application/json", '{"name": "Rex"}', None),
        ("Application/JSON; charset=utf-8", '{"name": null, "mother": {"name": "x"}}', None),
        ("", '{"name": "Rex", "since": "2026-11-25"}', None),
        ("application/json", '{"name": "Rex", "since": "today"}', 400),
        ("application/json", '{"name": 1}', 400),
        ("application/json", '{"name": "Rex", "chip": null}', None),
        ("application/json", '{"name": "Rex", "chip": "x"}', 400),
        ("application/json", '{"mother": {}}', 400),
        ("application/json", '{"name": "Rex", "id": 1}', 400),
        ("application/json", "{", 400),
        ("application/json", "NaN", 400),
        ("application/json", "", 400),
        (FORM, "name=Rex&since=2026-11-25", None),
        (FORM, "since=2026-11-25", 400),
        (FORM, "", 400),
        ("text/plain", "Rex", 415),
        ("text/csv", "", None),
        ("text/csv", "Rex", None),
    ],
)
def test_a_body(media_type: str, body: str, status: int | None) -> None:
    declared = {
        "required": True,
        "content": {
            "application/json": {"schema": PET},
            FORM: {"schema": PET},
            "text/csv": {"schema": {"type": "string"}},
        },
    }
    found, _ = body_problem(
        declared, {"body": body, "headers": {"content-type": media_type}}, SCHEMAS
    )
    assert found == status


def test_a_body_may_be_left_out_where_the_contract_says_so() -> None:
    declared: Any = {"content": {"application/json": {"schema": PET}}}
    assert body_problem(declared, {"body": None, "headers": {}}, SCHEMAS) == (None, "")
