"""Templates that the platform makes, rendered: each value stays in its place, whatever it is."""

import json
from typing import Any

import pytest

from gatewright.contract import Contract
from gatewright.integrations.targets import (
    DynamoDbTarget,
    EventBridgeTarget,
    SqsTarget,
    StepFunctionsTarget,
    Target,
)
from local.gaps.velocity_values import wrap
from local.gaps.vtl import Input, render
from tests.unit.integrations.contracts import TEXT, contract, integrated, integration, json_answer

JSON = "application/json"
EMPTY = {"description": "-"}
AWKWARD = [
    "plain",
    'it\'s "quoted" \\ back\nline\ttab',
    'x"},"z":{"S":"',
    "$context.apiId #if(1) #end $!{x} ${y}",
    "é ☃ 😀 /",
    "\\'",
]
NOTE = {
    "type": "object",
    "required": ["id"],
    "properties": {
        "id": TEXT,
        "name": TEXT,
        "count": {"type": "integer"},
        "done": {"type": "boolean"},
        "a-b": TEXT,
    },
}
KEY: dict[str, Any] = {"partition_key": "owner", "sort_key": "id"}


def rendered(template: str, body: str = "", owner: str = "o", **more: str) -> tuple[str, Any]:
    """What a template makes, and the status that it overrides."""
    context = wrap({"requestId": "r-1", "responseOverride": {"header": {}}, "identity": {}})
    payload = Input(body=body, path_parameters={"owner": owner}, query_parameters=more)
    made = render(template, payload=payload, context=context, stage_variables={})
    return made, context["responseOverride"].get("status")


def request_of(made: Contract, body: Any, owner: str, **more: str) -> Any:
    template = integration(made)["requestTemplates"][JSON]
    text, _ = rendered(template, json.dumps(body), owner, **more)
    return json.loads(text)


def answer_of(made: Contract, returned: Any, pattern: str = "2[0-9][0-9]") -> tuple[Any, Any]:
    template = integration(made)["responses"][pattern]["responseTemplates"][JSON]
    text, status = rendered(template, json.dumps(returned))
    return (json.loads(text) if text else None), status


def calls(target: Target, **more: Any) -> Contract:
    return contract(integrated(target), **more)


@pytest.mark.parametrize("text", AWKWARD)
def test_an_item_has_the_callers_values(text: str) -> None:
    item = {
        "owner": "path.owner",
        "id": "body.id",
        "name": "body.name",
        "count": "body.count",
        "note": "body.note",
        "fixed": "'its'",
    }
    made = calls(DynamoDbTarget("PutItem", "notes", **KEY, item=item))
    body = {"id": text, "name": text, "count": 3}
    assert request_of(made, body, text) == {
        "TableName": "notes-1",
        "Item": {
            "owner": {"S": text},
            "id": {"S": text},
            "name": {"S": text},
            "count": {"N": "3"},
            "fixed": {"S": "its"},
        },
    }
    with_note = request_of(made, {**body, "note": text}, text)
    assert with_note["Item"]["note"] == {"S": text}


def test_a_new_item_is_refused_where_there_is_one() -> None:
    item = {"owner": "path.owner", "id": "body.id"}
    target = DynamoDbTarget("PutItem", "notes", **KEY, item=item, create=True)
    made = calls(target, responses={"201": EMPTY, "409": EMPTY})
    request = request_of(made, {"id": "1"}, "o")
    assert request["ConditionExpression"] == "attribute_not_exists(#k)"
    assert request["ExpressionAttributeNames"] == {"#k": "owner"}


@pytest.mark.parametrize("text", AWKWARD)
def test_an_update_has_what_the_request_has(text: str) -> None:
    key = {"owner": "path.owner", "id": "'1'"}
    item = {"count": "body.count", "note": "body.note", "name": "body.name"}
    target = DynamoDbTarget("UpdateItem", "notes", **KEY, key=key, item=item)
    made = calls(target, responses={"204": EMPTY, "404": EMPTY})
    body = {"id": text, "name": text, "count": 3}
    assert request_of(made, body, text) == {
        "TableName": "notes-1",
        "Key": {"owner": {"S": text}, "id": {"S": "1"}},
        "UpdateExpression": "SET #a0 = :a0,#a2 = :a2",
        "ConditionExpression": "attribute_exists(#k)",
        "ExpressionAttributeNames": {"#a0": "count", "#a2": "name", "#k": "owner"},
        "ExpressionAttributeValues": {":a0": {"N": "3"}, ":a2": {"S": text}},
        "ReturnValues": "ALL_NEW",
    }
    with_note = request_of(made, {**body, "note": text}, text)
    assert with_note["UpdateExpression"] == "SET #a0 = :a0,#a1 = :a1,#a2 = :a2"


def test_an_update_may_change_nothing() -> None:
    key = {"owner": "path.owner", "id": "'1'"}
    target = DynamoDbTarget("UpdateItem", "notes", **KEY, key=key, item={"note": "body.note"})
    made = calls(target, responses={"204": EMPTY, "404": EMPTY})
    request = request_of(made, {"id": "1", "name": "a", "count": 1}, "o")
    assert request["ExpressionAttributeNames"] == {"#k": "owner"}
    assert request.keys() & {"UpdateExpression", "ExpressionAttributeValues"} == set()


@pytest.mark.parametrize("text", AWKWARD)
def test_a_query_has_the_callers_values(text: str) -> None:
    target = DynamoDbTarget(
        "Query",
        "notes",
        **KEY,
        key={"owner": "path.owner"},
        limit=5,
        newest_first=True,
        after="query.after",
        next="next",
    )
    schema = {
        "type": "object",
        "properties": {"notes": {"type": "array", "items": NOTE}, "next": TEXT},
    }
    parameters = [{"name": "after", "in": "query", "schema": TEXT}]
    made = calls(
        target, method="get", responses={"200": json_answer(schema)}, parameters=parameters
    )
    first = request_of(made, None, text)
    assert first == {
        "TableName": "notes-1",
        "KeyConditionExpression": "#k0 = :k0",
        "ExpressionAttributeNames": {"#k0": "owner"},
        "ExpressionAttributeValues": {":k0": {"S": text}},
        "Limit": 5,
        "ScanIndexForward": False,
    }
    second = request_of(made, None, text, after=text)
    assert second["ExclusiveStartKey"] == {"owner": {"S": text}, "id": {"S": text}}
    items = [{"id": {"S": text}, "a-b": {"S": text}}, {"id": {"S": "2"}, "count": {"N": "7"}}]
    returned = {"Items": items, "LastEvaluatedKey": {"owner": {"S": "o"}, "id": {"S": text}}}
    assert answer_of(made, returned)[0] == {
        "notes": [{"id": text, "a-b": text}, {"id": "2", "count": 7}],
        "next": text,
    }
    assert answer_of(made, {"Items": []})[0] == {"notes": []}


def test_a_query_may_answer_a_list() -> None:
    target = DynamoDbTarget("Query", "notes", **KEY, key={"owner": "path.owner"})
    schema = {"type": "array", "items": NOTE}
    made = calls(target, method="get", responses={"200": json_answer(schema)})
    assert answer_of(made, {"Items": [{"id": {"S": "1"}}]})[0] == [{"id": "1"}]


@pytest.mark.parametrize("text", AWKWARD)
def test_an_item_is_answered_as_the_contract_describes_it(text: str) -> None:
    target = DynamoDbTarget("GetItem", "notes", **KEY, key={"owner": "path.owner", "id": "'1'"})
    made = calls(target, method="get", responses={"200": json_answer(NOTE), "404": EMPTY})
    assert request_of(made, None, text)["Key"] == {"owner": {"S": text}, "id": {"S": "1"}}
    item = {"id": {"S": text}, "done": {"BOOL": False}, "count": {"N": "0"}, "more": {"S": "x"}}
    assert answer_of(made, {"Item": item}) == ({"id": text, "done": False, "count": 0}, None)
    body, status = answer_of(made, {})
    assert (body, status) == ({"message": "Not Found", "request_id": "r-1"}, 404)


@pytest.mark.parametrize(
    ("error", "status", "message"),
    [
        ("ConditionalCheckFailedException", 409, "Conflict"),
        ("ValidationException", 400, "Bad Request"),
        ("ProvisionedThroughputExceededException", None, "Bad Gateway"),
        ("", None, "Bad Gateway"),
    ],
)
def test_a_refusal_of_dynamodb_is_told_apart(error: str, status: int | None, message: str) -> None:
    target = DynamoDbTarget("DeleteItem", "notes", **KEY, key={"owner": "path.owner", "id": "'1'"})
    made = calls(target, method="delete", responses={"204": EMPTY})
    returned = {"__type": f"com.amazonaws.dynamodb.v20120810#{error}"} if error else {}
    body, overridden = answer_of(made, returned, "default")
    assert (body["message"], overridden) == (message, status)


@pytest.mark.parametrize("text", AWKWARD)
def test_json_in_a_text_is_the_callers_body(text: str) -> None:
    machine = StepFunctionsTarget("arn:aws:states:a:1:stateMachine:m", name="path.owner")
    body = {"name": text, "count": 1}
    started = request_of(calls(machine), body, text)
    assert (json.loads(started["input"]), started["name"]) == (body, text)
    bus = EventBridgeTarget("arn:aws:events:a:1:event-bus/b", "shop $x", "It #1", "body")
    (entry,) = request_of(calls(bus), body, text)["Entries"]
    assert json.loads(entry["Detail"]) == body
    assert (entry["Source"], entry["DetailType"]) == ("shop $x", "It #1")


def test_an_event_that_was_refused_is_no_success() -> None:
    bus = EventBridgeTarget("arn:aws:events:a:1:event-bus/b", "a", "b")
    made = calls(bus, responses={"204": EMPTY})
    assert answer_of(made, {"FailedEntryCount": 0, "Entries": [{"EventId": "1"}]}) == (None, None)
    body, status = answer_of(made, {"FailedEntryCount": 1, "Entries": [{"ErrorCode": "x"}]})
    assert (body["message"], status) == ("Bad Gateway", 502)


def test_an_execution_that_failed_is_no_success() -> None:
    machine = StepFunctionsTarget("arn:aws:states:a:1:stateMachine:m", waits=True)
    made = calls(machine, responses={"200": json_answer({"type": "object"})})
    assert answer_of(made, {"status": "SUCCEEDED", "output": '{"a":1}'}) == ({"a": 1}, None)
    body, status = answer_of(made, {"status": "FAILED"})
    assert (body["message"], status) == ("Bad Gateway", 502)


@pytest.mark.parametrize("text", AWKWARD)
def test_a_message_is_one_field_of_the_form(text: str) -> None:
    from urllib.parse import parse_qsl

    made = calls(SqsTarget("orders", "body.name", group="path.owner"))
    form, _ = rendered(
        integration(made)["requestTemplates"][JSON], json.dumps({"name": text}), text
    )
    assert parse_qsl(form) == [
        ("Action", "SendMessage"),
        ("MessageBody", text),
        ("MessageGroupId", text),
    ]
