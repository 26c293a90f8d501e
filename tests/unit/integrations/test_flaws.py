"""One test for each message: what integrations cannot do, and what to do about it."""

from typing import Any

import pytest

from gatewright.contract import Contract, Problem
from gatewright.contract.enforcement import enforcement_problems
from gatewright.integrations.integration import Integration, ResponseMapping, Template
from gatewright.integrations.targets import (
    DocumentTarget,
    DynamoDbTarget,
    EventBridgeTarget,
    HttpTarget,
    LambdaTarget,
    MockTarget,
    SqsTarget,
    StepFunctionsTarget,
)
from tests.unit.integrations.contracts import (
    TEXT,
    contract,
    integrated,
    json_answer,
    problems,
)

JSON = "application/json"
EMPTY = {"description": "-"}
ID = json_answer({"type": "object", "required": ["id"], "properties": {"id": TEXT}})
NUMBER = json_answer({"type": "object", "properties": {"id": {"type": "integer"}}})
NOTE = {"type": "object", "properties": {"id": TEXT}}
ARN = "arn:aws:sqs:eu-west-1:1:q"
KEY: dict[str, Any] = {"partition_key": "owner", "sort_key": "id"}
HTTP = HttpTarget("https://a.example")
MAKE = LambdaTarget("shop.jobs.make")


def get_item(**more: Any) -> DynamoDbTarget:
    key = {"owner": "path.owner", "id": "'1'"}
    return DynamoDbTarget("GetItem", "notes", **{**KEY, "key": key, **more})


def query(**more: Any) -> DynamoDbTarget:
    return DynamoDbTarget("Query", "notes", **{**KEY, "key": {"owner": "path.owner"}, **more})


def put(**item: str) -> DynamoDbTarget:
    return DynamoDbTarget("PutItem", "notes", **KEY, item=item)


def update(**item: str) -> DynamoDbTarget:
    key = {"owner": "path.owner", "id": "'1'"}
    return DynamoDbTarget("UpdateItem", "notes", **KEY, key=key, item=item)


def one(integration: Integration, **more: Any) -> Problem:
    """The only problem of a contract with this integration."""
    (problem,) = problems(contract(integration, **more))
    return problem


def page(**properties: Any) -> dict[str, Any]:
    made: dict[str, Any] = {
        "type": "object",
        "properties": {"notes": {"type": "array", "items": NOTE}},
    }
    return json_answer({**made, "properties": {**made["properties"], **properties}})


FLAWS: list[tuple[str, Integration, dict[str, Any], str, str]] = [
    # operations
    ("unknown", Integration("opp", MAKE), {}, "no such operation", "did you mean 'op'?"),
    # sources
    ("parameter", integrated(HTTP, parameters={"query.a": "path.ownr"}), {},
     "path.ownr is no parameter", "did you mean 'path.owner'?"),
    ("source", integrated(SqsTarget(ARN, "the body")), {}, "'the body' is no source", "write path"),
    ("body", integrated(SqsTarget(ARN)), {"method": "get"}, "body is of a body", "a parameter"),
    ("property", integrated(SqsTarget(ARN, "body.nme")), {}, "body.nme is no property", "describe"),
    ("context", integrated(SqsTarget(ARN, "context.requestID")), {},
     "has no $context.requestID", "did you mean 'requestId'?"),
    ("stage variable", integrated(HttpTarget("https://${stageVariables.hots}/")), {},
     "the url has the stage variable hots, which is not declared", "did you mean 'host'?"),
    ("stage variable's name", integrated(HttpTarget("https://${stageVariables.a-b}/")), {},
     "the stage variable 'a-b'", "letters, digits and underscores"),
    ("mapped variable", integrated(HTTP, parameters={"query.a": "stageVariables.hots"}), {},
     "hots, which is not declared", "did you mean 'host'?"),
    ("resource", integrated(SqsTarget("oders")), {}, "no environment knows oders",
     "did you mean 'orders'?"),
    ("vpc link", integrated(HttpTarget("https://a.example", vpc_link="insde")), {},
     "no environment knows insde", "did you mean 'inside'?"),
    # kinds
    ("path parameter", integrated(HttpTarget("https://a.example/{id}")), {},
     "the url has {id}, and the path /notes/{owner} has {owner}", "name a parameter"),
    ("answer", integrated(HTTP, answer={"id": "path.owner"}), {"responses": {"200": ID}},
     "answer is for AWS services alone", "below 'responses'"),
    ("mock's request", integrated(MockTarget(), request_templates={JSON: Template("{}")}), {},
     "a mock makes no request", "body below mock"),
    ("mock without a body", integrated(MockTarget()), {"responses": {"200": ID}},
     "no example of the answer", "write 'body'"),
    ("proxy's parameters", integrated(MAKE, parameters={"query.a": "'b'"}), {},
     "sent the whole request", "request_template"),
    ("version's function", integrated(LambdaTarget(), request_templates={JSON: Template("{}")}),
     {}, "the version's own function takes whole requests", "write 'handler'"),
    # responses
    ("undeclared status", integrated(HTTP, responses=(ResponseMapping(404),)), {},
     "it answers 404, which the contract does not declare", "declare 404"),
    ("an error of a function", integrated(MAKE, responses=(ResponseMapping(404),)),
     {"responses": {"200": EMPTY, "404": EMPTY}}, "says nothing of the error", "add 'when'"),
    ("pattern", integrated(HTTP, responses=(ResponseMapping(200, when="(2"),)), {},
     "is no regular expression", "mend"),
    ("same pattern",
     integrated(HTTP, responses=(ResponseMapping(200, "2.."), ResponseMapping(404, "2.."))),
     {"responses": {"200": EMPTY, "404": EMPTY}}, "have the same 'when'", "one matches"),
    # services
    ("no answer", integrated(SqsTarget(ARN)), {"responses": {"200": ID}},
     "promises a body, and nothing makes one", "result.MessageId"),
    ("answer of nothing", integrated(SqsTarget(ARN), answer={"id": "path.owner"}), {},
     "the contract promises no body", "remove 'answer'"),
    ("half an answer", integrated(SqsTarget(ARN), answer={"x": "path.owner"}),
     {"responses": {"200": json_answer({"required": ["id"]})}},
     "the answer has no id", "add id"),
    ("another answer", integrated(SqsTarget(ARN), answer={"id": "path.owner", "x": "path.owner"}),
     {"responses": {"200": ID}}, "the answer has x, which the contract does not", "declare"),
    ("another result", integrated(SqsTarget(ARN), answer={"id": "result.Id"}),
     {"responses": {"200": ID}}, "result.Id, which the service does not return",
     "use result.MessageId"),
    ("body in an answer", integrated(SqsTarget(ARN), answer={"id": "body.name"}),
     {"responses": {"200": ID}}, "body.name, which is gone", "use path"),
    ("number in an answer", integrated(SqsTarget(ARN), answer={"id": "path.owner"}),
     {"responses": {"200": NUMBER}}, "promises another type", "make it a string"),
    ("fifo", integrated(SqsTarget(ARN + ".fifo")), {}, "a FIFO queue", "write 'group'"),
    ("output", integrated(StepFunctionsTarget(ARN, waits=True)), {},
     "answers the output", "describe the output"),
    ("detail", integrated(EventBridgeTarget(ARN, "a", "b", "path.owner")), {},
     "takes an object of JSON", "write body"),
    # DynamoDB
    ("half a key", integrated(get_item(key={"owner": "path.owner"})),
     {"responses": {"200": ID, "404": EMPTY}}, "key has no id", "add 'id: <source>'"),
    ("no key", integrated(get_item(key={"owner": "path.owner", "id": "'1'", "x": "'1'"})),
     {"responses": {"200": ID, "404": EMPTY}}, "key has x, and the key of table notes is owner and",
     "remove it"),
    ("empty key", integrated(put(owner="path.owner", id="body.name")), {},
     "may be empty, and DynamoDB takes no empty key", "minLength: 1"),
    ("list", integrated(put(owner="path.owner", id="body.id", tags="body.tags")), {},
     "body.tags, a list or an object", "request_template"),
    ("404", integrated(get_item()), {"responses": {"200": ID}}, "answers 404", "declare 404"),
    ("change of nothing", integrated(update()), {"responses": {"204": EMPTY, "404": EMPTY}},
     "it changes nothing", "below 'item'"),
    ("change of a key", integrated(update(id="body.id")),
     {"responses": {"204": EMPTY, "404": EMPTY}}, "it changes id", "another item"),
    ("404 of a change", integrated(update(name="body.name")), {"responses": {"204": EMPTY}},
     "answers 404", "declare 404"),
    ("409", integrated(DynamoDbTarget("PutItem", "notes", **KEY, create=True,
                                      item={"owner": "path.owner", "id": "body.id"})), {},
     "answers 409", "declare 409"),
    ("nothing to read into", integrated(get_item()), {"responses": {"200": EMPTY, "404": EMPTY}},
     "GetItem reads, and the contract promises no body", "describe"),
    ("no object", integrated(get_item()), {"responses": {"200": json_answer(TEXT), "404": EMPTY}},
     "the answer is no object with properties", "template of your own"),
    ("object in an object", integrated(get_item()),
     {"responses": {"200": json_answer({**NOTE, "properties": {"a": NOTE}}), "404": EMPTY}},
     "the answer has a, which is neither text", "template of your own"),
    ("no list", integrated(query()), {"responses": {"200": ID}}, "has no list", "template"),
    ("more than a list", integrated(query()),
     {"responses": {"200": json_answer({"type": "object", "required": ["notes", "total"],
                                        "properties": {"notes": {"type": "array",
                                                                 "items": NOTE}}})}},
     "has total beside notes", "make it optional"),
    ("no next", integrated(query(after="path.owner", next="next")), {"responses": {"200": page()}},
     "no property next", "add next"),
    ("after alone", integrated(query(after="path.owner")), {"responses": {"200": page()}},
     "after and next go together", "write both"),
    ("nothing after", integrated(query(after="path.owner", next="next", sort_key=None)),
     {"responses": {"200": page(next=TEXT)}}, "has no sort key", "remove after and next"),
    # contract files
    ("brought status", integrated(DocumentTarget(
        '{"type": "mock", "responses": {"default": {"statusCode": "418"}}}')), {},
     "its integration answers 418, which the contract does not declare", "declare 418"),
    ("brought nonsense", integrated(DocumentTarget(
        '{"type": "mock", "responses": {"default": {}}}')), {},
     "answers 'default' with the status ''", "write statusCode"),
    ("brought variable", integrated(DocumentTarget(
        '{"type": "http", "uri": "https://${stageVariables.hots}/"}')), {},
     "the uri has the stage variable hots", "did you mean 'host'?"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("integration", "more", "reason", "remedy"),
    [pytest.param(*flaw[1:], id=flaw[0]) for flaw in FLAWS],
)
def test_a_flaw_is_told_with_its_remedy(
    integration: Integration, more: dict[str, Any], reason: str, remedy: str
) -> None:
    problem = one(integration, **more)
    assert reason in problem.reason
    assert remedy in problem.remedy
    assert problem.source == integration.place


def test_one_name_in_two_places_is_told_apart_by_nobody() -> None:
    parameters = [{"name": "owner", "in": "query", "schema": TEXT}]
    problem = one(integrated(SqsTarget(ARN, "query.owner")), parameters=parameters)
    assert "owner is in path and query" in problem.reason


def test_an_operation_that_nothing_answers_is_refused() -> None:
    (problem,) = problems(contract(has_function=False))
    assert problem.reason == "nothing answers it: the version has no handler"
    assert "add op to the version's integrations" in problem.remedy
    assert not problems(contract(integrated(MockTarget()), has_function=False))


def limited(**more: Any) -> Contract:
    limit = {"name": "limit", "in": "query", "schema": {"type": "integer", "maximum": 9}}
    return contract(integrated(MockTarget()), parameters=[limit], **more)


@pytest.mark.parametrize("backend_validates", [True, False])
def test_what_no_function_checks_anymore_is_refused(backend_validates: bool) -> None:
    found = list(enforcement_problems(limited(backend_validates=backend_validates)))
    assert {problem.reason.partition(":")[0] for problem in found} == {
        "nobody enforces maximum",
        "nobody enforces type",
    }
    assert all(problem.remedy for problem in found)


def test_what_the_backend_checks_is_not_refused() -> None:
    made = contract(
        integrated(HTTP, validates=True),
        parameters=[{"name": "limit", "in": "query", "schema": {"type": "integer"}}],
    )
    assert not list(enforcement_problems(made))


def test_other_operations_are_their_functions_to_check() -> None:
    made = contract(parameters=[{"name": "limit", "in": "query", "schema": {"type": "integer"}}])
    assert not list(enforcement_problems(made))
