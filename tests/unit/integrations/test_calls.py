"""What each kind of integration asks its backend for: x-amazon-apigateway-integration."""

from typing import Any

import pytest

from gatewright.integrations.integration import ResponseMapping, Template
from gatewright.integrations.targets import (
    EventBridgeTarget,
    HttpTarget,
    LambdaTarget,
    MockTarget,
    SqsTarget,
    StepFunctionsTarget,
)
from tests.unit.integrations.contracts import (
    TEXT,
    compiled,
    contract,
    integrated,
    integration,
    json_answer,
)

_ID = json_answer({"type": "object", "required": ["id"], "properties": {"id": TEXT}})


def test_a_function_of_its_own_is_a_proxy() -> None:
    made = integration(contract(integrated(LambdaTarget("shop.jobs.make"), timeout_ms=500)))
    assert made == {
        "type": "aws_proxy",
        "httpMethod": "POST",
        "uri": "uri-of-make",
        "timeoutInMillis": 500,
        "passthroughBehavior": "when_no_match",
    }


def test_a_template_makes_a_function_a_custom_integration() -> None:
    template = {"application/json": Template("{\"a\": $input.json('$.name')}", "a.vtl")}
    mappings = (ResponseMapping(404, when="no such.*"),)
    made = integration(
        contract(
            integrated(
                LambdaTarget("shop.jobs.make"), request_templates=template, responses=mappings
            ),
            responses={"201": {"description": "-"}, "404": {"description": "-"}},
        )
    )
    assert (made["type"], made["passthroughBehavior"]) == ("aws", "never")
    assert made["requestTemplates"] == {"application/json": "{\"a\": $input.json('$.name')}"}
    statuses = {pattern: r["statusCode"] for pattern, r in made["responses"].items()}
    assert statuses == {
        "default": "201",
        "no such.*": "404",
        r"(?!(?:(?:no such.*))$)(?:.|\n)+": "502",
    }


def test_a_function_that_nobody_waits_for_is_invoked_as_an_event() -> None:
    made = integration(
        contract(
            integrated(
                LambdaTarget("shop.jobs.make", waits=False),
                request_templates={"application/json": Template("$input.json('$')")},
            ),
            responses={"202": {"description": "-"}},
        )
    )
    header = "integration.request.header.X-Amz-Invocation-Type"
    assert made["requestParameters"] == {header: "'Event'"}
    assert made["responses"]["default"]["statusCode"] == "202"


def test_an_http_proxy_maps_the_path_and_withholds_credentials() -> None:
    target = HttpTarget("https://${stageVariables.host}/v2/{owner}", verify_tls=False)
    made = integration(contract(integrated(target, parameters={"header.X-A": "'b'"})))
    assert made == {
        "type": "http_proxy",
        "httpMethod": "POST",
        "uri": "https://${stageVariables.host}/v2/{owner}",
        "requestParameters": {
            "integration.request.header.Authorization": "'-'",
            "integration.request.header.X-A": "'b'",
            "integration.request.header.X-Api-Key": "'-'",
            "integration.request.path.owner": "method.request.path.owner",
        },
        "timeoutInMillis": 29000,
        "passthroughBehavior": "when_no_match",
        "tlsConfig": {"insecureSkipVerification": True},
    }


def test_an_http_proxy_hands_credentials_on_where_that_is_written() -> None:
    made = integration(contract(integrated(HttpTarget("https://a.example", "GET", True, True))))
    assert "requestParameters" not in made
    assert made["httpMethod"] == "GET"


def test_an_endpoint_in_a_vpc_is_reached_by_its_link() -> None:
    target = HttpTarget("https://inside.example", vpc_link="inside", pass_credentials=True)
    made = integration(contract(integrated(target)))
    assert (made["connectionType"], made["connectionId"]) == ("VPC_LINK", "link-1")
    assert made["integrationTarget"] == "arn:balancer"


def test_an_http_endpoint_of_mapped_answers_gets_the_declared_parameters() -> None:
    parameters = [
        {"name": "page", "in": "query", "schema": TEXT},
        {"name": "X-Caller", "in": "header", "schema": TEXT},
        {"name": "session", "in": "cookie", "schema": TEXT},
    ]
    mappings = (ResponseMapping(200, headers={"ETag": "integration.response.header.ETag"}),)
    made = compiled(
        contract(
            integrated(HttpTarget("https://a.example/{owner}"), responses=mappings, validates=True),
            parameters=parameters,
        ),
        origin="https://shop.example",
    )
    call = made["x-amazon-apigateway-integration"]
    assert call["type"] == "http"
    assert call["requestParameters"] == {
        "integration.request.header.X-Caller": "method.request.header.X-Caller",
        "integration.request.path.owner": "method.request.path.owner",
        "integration.request.querystring.page": "method.request.querystring.page",
    }
    assert set(call["responses"]) == {"200", "default"}
    origin = {"method.response.header.Access-Control-Allow-Origin": "'https://shop.example'"}
    for response in call["responses"].values():
        assert origin.items() <= response["responseParameters"].items()
    # The import wants every status and header declared that an integration answers.
    assert {"Access-Control-Allow-Origin", "ETag"} <= made["responses"]["200"]["headers"].keys()
    assert "Access-Control-Allow-Origin" in made["responses"]["502"]["headers"]


def test_a_backend_that_answers_what_nobody_expected_is_no_success() -> None:
    target = HttpTarget("https://a.example")
    made = integration(contract(integrated(target, responses=(ResponseMapping(200),))))
    default = made["responses"]["default"]
    assert default["statusCode"] == "502"
    assert default["responseTemplates"]["application/json"] == (
        '{"message":"Bad Gateway","request_id":"$context.requestId"}'
    )


@pytest.mark.parametrize(
    ("answer", "target", "status", "body"),
    [
        (json_answer(TEXT, example={"a": 1}), MockTarget(), "200", '{"a":1}'),
        (json_answer(TEXT, examples={"x": {"value": [1]}}), MockTarget(), "200", "[1]"),
        (json_answer({"type": "string", "example": "b"}), MockTarget(), "200", '"b"'),
        (
            json_answer({"type": "object", "properties": {"a": {"type": "integer", "example": 1}}}),
            MockTarget(),
            "200",
            '{"a":1}',
        ),
        (json_answer(TEXT, example=1), MockTarget(body='{"b": 2}'), "200", '{"b":2}'),
        (
            json_answer(TEXT, example={"$ref #if": "$context.apiId"}),
            MockTarget(),
            "200",
            '{"\\u0024ref \\u0023if":"\\u0024context.apiId"}',
        ),
        ({"description": "-"}, MockTarget(), "200", '#set($body = "")'),
        ({"description": "-"}, MockTarget(status=503, body="{}"), "503", "{}"),
    ],
)
def test_a_mock_answers_an_example(answer: Any, target: MockTarget, status: str, body: str) -> None:
    made = integration(
        contract(integrated(target), responses={"200": answer, "503": {"description": "-"}})
    )
    assert made["type"] == "mock"
    assert made["requestTemplates"] == {"application/json": f'{{"statusCode": {status}}}'}
    assert made["responses"] == {
        "default": {"statusCode": status, "responseTemplates": {"application/json": body}}
    }


def test_a_message_is_sent_by_the_queues_path() -> None:
    made = integration(contract(integrated(SqsTarget("orders")), responses={"202": _EMPTY}))
    assert made["uri"] == "arn:aws:apigateway:eu-west-1:sqs:path/111111111111/orders"
    assert made["credentials"] == "arn:aws:iam::111111111111:role/calls"
    template = "Action=SendMessage&MessageBody=$util.urlEncode($input.body)"
    assert made["requestTemplates"] == {"application/json": template}
    assert made["responses"]["2[0-9][0-9]"] == {
        "statusCode": "202",
        "responseTemplates": {"application/json": '#set($body = "")'},
    }


def test_a_message_of_a_fifo_queue_has_its_group() -> None:
    queue = "arn:aws:sqs:eu-west-1:1:a.fifo"
    target = SqsTarget(queue, "body.name", group="path.owner", deduplication="context.requestId")
    made = integration(contract(integrated(target)))
    assert made["requestTemplates"]["application/json"] == (
        "Action=SendMessage&MessageBody=$util.urlEncode($input.path('$.name'))"
        "&MessageGroupId=$util.urlEncode($input.params('owner'))"
        "&MessageDeduplicationId=$util.urlEncode($context.requestId)"
    )


def test_an_answer_is_made_of_what_the_service_returned() -> None:
    answer = {"id": "result.MessageId"}
    made = integration(
        contract(integrated(SqsTarget("orders"), answer=answer), responses={"202": _ID})
    )
    assert made["responses"]["2[0-9][0-9]"]["responseTemplates"]["application/json"] == (
        '{"id":"$util.escapeJavaScript('
        "$input.path('$.SendMessageResponse.SendMessageResult.MessageId'))"
        """.replaceAll("\\\\'","'")"}"""
    )


def test_an_execution_is_started_with_the_body_as_text() -> None:
    machine = "arn:aws:states:{region}:{account}:stateMachine:m"
    made = integration(contract(integrated(StepFunctionsTarget(machine, name="body.name"))))
    assert made["uri"] == "arn:aws:apigateway:eu-west-1:states:action/StartExecution"
    template = made["requestTemplates"]["application/json"]
    assert '"stateMachineArn":"arn:aws:states:eu-west-1:111111111111:stateMachine:m"' in template
    assert '"input":"$util.escapeJavaScript($input.json(\'$\'))' in template
    assert '"name":"$util.escapeJavaScript($input.path(\'$.name\'))' in template


def test_an_execution_that_failed_is_no_success() -> None:
    answer = json_answer({"type": "object"})
    target = StepFunctionsTarget("arn:aws:states:a:1:stateMachine:m", waits=True)
    made = integration(contract(integrated(target), responses={"200": answer}))
    assert made["uri"].endswith("states:action/StartSyncExecution")
    template = made["responses"]["2[0-9][0-9]"]["responseTemplates"]["application/json"]
    assert template.startswith("#if($input.path('$.status') != 'SUCCEEDED')")
    assert template.endswith("#else$input.path('$.output')#end")


def test_an_event_is_put_and_a_refused_one_is_no_success() -> None:
    target = EventBridgeTarget("arn:aws:events:a:1:event-bus/b", "shop", "It #1")
    made = integration(contract(integrated(target), responses={"204": _EMPTY}))
    assert made["requestParameters"]["integration.request.header.X-Amz-Target"] == (
        "'AWSEvents.PutEvents'"
    )
    template = made["requestTemplates"]["application/json"]
    assert '"DetailType":"It \\u00231"' in template
    answered = made["responses"]["2[0-9][0-9]"]["responseTemplates"]["application/json"]
    assert answered.startswith("#if($input.path('$.FailedEntryCount') != 0)")


_EMPTY = {"description": "-"}
