"""Integrations that map requests and answers, deployed, and called over HTTP."""

import json
from collections.abc import Iterator

import httpx
import pytest

from tests.local.showcase import make_called
from tests.local.target import Target

API = "joined-v1"
ORIGIN = "https://shop.example"


@pytest.fixture(scope="module")
def caller(showcase: Target) -> Iterator[httpx.Client]:
    make_called(showcase)
    with showcase.keyed_http(API) as client:
        yield client


def is_error(response: httpx.Response, status: int, message: str) -> bool:
    """Whether it is an error in the platform's shape, that a page may read."""
    assert response.status_code == status, response.text
    body = response.json()
    assert set(body) == {"message", "request_id"}
    assert response.headers["access-control-allow-origin"] == ORIGIN
    return bool(body["request_id"]) and body["message"] == message


@pytest.mark.proves("in parameter mappings")
def test_the_callers_credentials_do_not_reach_an_endpoint(caller: httpx.Client) -> None:
    headers = {"Authorization": "Bearer secret"}
    found = caller.get("cities/Porto", headers=headers).json()["headers"]
    assert (found["x-api-key"], found["authorization"]) == ("-", "-")
    assert found["x-edition"] == "first"


@pytest.mark.proves("HTTP custom", "in mapping templates")
def test_a_template_makes_the_answer_of_an_endpoint(caller: httpx.Client) -> None:
    response = caller.get("reports/7", headers={"X-Caller": "me"})
    assert response.status_code == 200
    found = response.json()
    assert found["path"].startswith("/v2/reports/7?request=")
    assert (found["stage"], found["edition"]) == ("live", "first")
    assert response.headers["x-report"] == "it"
    assert response.headers["access-control-allow-origin"] == ORIGIN


def test_statuses_of_an_endpoint_become_those_of_the_contract(caller: httpx.Client) -> None:
    assert is_error(caller.get("reports/missing"), 404, "Not Found")
    assert is_error(caller.get("reports/broken"), 502, "Bad Gateway")


@pytest.mark.proves("Lambda custom", "mapping templates")
def test_a_template_makes_the_event_of_a_function(caller: httpx.Client) -> None:
    awkward = 'it\'s \\ "quoted"'
    response = caller.post(
        "jobs", json={"kind": awkward, "times": 3}, headers={"X-Caller": awkward}
    )
    assert response.status_code == 200
    assert response.json() == {"made": awkward, "by": awkward, "times": 3}
    assert response.headers["access-control-allow-origin"] == ORIGIN


def test_errors_of_a_function_become_statuses(caller: httpx.Client) -> None:
    headers = {"X-Caller": "me"}
    unknown = caller.post("jobs", json={"kind": "unknown", "times": 1}, headers=headers)
    assert is_error(unknown, 404, "Not Found")
    broken = caller.post("jobs", json={"kind": "broken", "times": 1}, headers=headers)
    assert is_error(broken, 502, "Bad Gateway")


@pytest.mark.proves("AWS service: SQS send")
def test_a_request_becomes_a_message(showcase: Target, caller: httpx.Client) -> None:
    sqs = showcase.client("sqs")
    queue = sqs.get_queue_url(QueueName="showcase-orders")["QueueUrl"]
    sqs.purge_queue(QueueUrl=queue)
    order = {"item": 'tea & "cake" +1', "amount": 2}
    response = caller.post("orders", json=order)
    assert response.status_code == 202
    assert set(response.json()) == {"message_id", "request_id"}
    [message] = sqs.receive_message(QueueUrl=queue, WaitTimeSeconds=5)["Messages"]
    assert json.loads(message["Body"]) == order
    assert message["MessageId"] == response.json()["message_id"]


@pytest.mark.proves("AWS service: DynamoDB item")
def test_an_item_is_kept_found_and_removed(caller: httpx.Client) -> None:
    note = {"text": 'it\'s "so" \\ far $x #y', "stars": 5, "pinned": False}
    assert is_error(caller.get("notes/ann/n 1"), 404, "Not Found")
    assert caller.put("notes/ann/n 1", json=note).status_code == 201
    assert caller.get("notes/ann/n 1").json() == {"id": "n 1", **note}
    assert is_error(caller.put("notes/ann/n 1", json=note), 409, "Conflict")
    assert caller.delete("notes/ann/n 1").status_code == 204
    assert caller.get("notes/ann/n 1").status_code == 404


@pytest.mark.proves("AWS service: DynamoDB update")
def test_what_a_request_names_is_changed_and_nothing_else(caller: httpx.Client) -> None:
    changed = {"text": 'it\'s "so" \\ far $x #y', "pinned": False}
    assert is_error(caller.patch("notes/una/n", json=changed), 404, "Not Found")
    assert caller.get("notes/una/n").status_code == 404
    caller.put("notes/una/n", json={"text": "first", "stars": 3, "pinned": True})
    found = caller.patch("notes/una/n", json=changed)
    assert (found.status_code, found.json()) == (200, {"id": "n", "stars": 3, **changed})
    assert caller.get("notes/una/n").json() == found.json()
    assert caller.patch("notes/una/n", json={}).json() == found.json()


@pytest.mark.proves("AWS service: DynamoDB query")
def test_a_query_finds_the_owners_items_page_by_page(caller: httpx.Client) -> None:
    for name in ("c", "a", "b"):
        caller.put(f"notes/bob/{name}", json={"text": name, "stars": 1, "colour": "red"})
    first = caller.get("notes/bob").json()
    assert [note["id"] for note in first["notes"]] == ["a", "b"]
    assert first["notes"][0] == {"id": "a", "text": "a", "stars": 1, "colour": "red"}
    second = caller.get("notes/bob", params={"after": first["next"]}).json()
    assert [note["id"] for note in second["notes"]] == ["c"]
    assert "next" not in second
    assert caller.get("notes/nobody").json() == {"notes": []}


def test_no_value_of_a_caller_gets_out_of_its_place(caller: httpx.Client) -> None:
    caller.put("notes/eve/n", json={"text": "hers", "stars": 1})
    wanted = 'x"},"id":{"S":"n"},"z":{"S":"'
    response = caller.get(f"notes/{wanted.replace('/', '')}/n")
    assert is_error(response, 404, "Not Found")


@pytest.mark.proves("AWS service: Step Functions start")
def test_a_request_starts_an_execution(showcase: Target, caller: httpx.Client) -> None:
    states = showcase.client("stepfunctions")
    response = caller.post("runs", json={"item": 'it\'s "tea"'})
    assert response.status_code == 201, response.text
    run = states.describe_execution(executionArn=response.json()["run"])
    assert run["stateMachineArn"].endswith(":stateMachine:showcase-runs")
    assert json.loads(run["input"]) == {"item": 'it\'s "tea"'}


@pytest.mark.proves("AWS service: EventBridge put")
def test_a_request_becomes_an_event(showcase: Target, caller: httpx.Client) -> None:
    events, sqs = showcase.client("events"), showcase.client("sqs")
    queue = sqs.create_queue(QueueName="showcase-told")["QueueUrl"]
    events.put_rule(
        Name="told",
        EventBusName="showcase-events",
        EventPattern=json.dumps({"source": ["showcase.joined"], "detail-type": ["Told"]}),
    )
    arn = "arn:aws:sqs:us-east-1:000000000000:showcase-told"
    events.put_targets(
        Rule="told", EventBusName="showcase-events", Targets=[{"Id": "1", "Arn": arn}]
    )
    assert caller.post("events", json={"item": 'it\'s "tea"'}).status_code == 204
    [message] = sqs.receive_message(QueueUrl=queue, WaitTimeSeconds=5)["Messages"]
    assert json.loads(message["Body"])["detail"] == {"item": 'it\'s "tea"'}


@pytest.mark.proves("binary media types")
def test_bytes_stay_bytes_on_their_way_there_and_back(caller: httpx.Client) -> None:
    picture = bytes(range(256)) * 8
    headers = {"Content-Type": "image/png", "Accept": "image/png"}
    response = caller.put("pictures", content=picture, headers=headers)
    assert response.status_code == 200
    assert response.content == picture[::-1]
    assert response.headers["content-type"] == "image/png"


@pytest.mark.proves("compression")
def test_long_answers_are_compressed_for_those_who_ask(caller: httpx.Client) -> None:
    long, short = {"X-Long": "a" * 2000}, {"Accept-Encoding": "gzip"}
    answered = caller.get("cities/Porto", headers={**long, **short})
    assert answered.headers["content-encoding"] == "gzip"
    assert answered.json()["headers"]["x-long"] == "a" * 2000
    assert "content-encoding" not in caller.get("status", headers=short).headers
    plain = caller.get("cities/Porto", headers={**long, "Accept-Encoding": "identity"})
    assert "content-encoding" not in plain.headers
