"""Bodies for which a non-proxy integration has no mapping template.

'Method request behavior for payloads without mapping templates', its three tables:
https://docs.aws.amazon.com/apigateway/latest/developerguide/integration-passthrough-behaviors.html
"""

from __future__ import annotations

import base64

import pytest

from tests.local_gaps import backend
from tests.local_gaps.running import Aws, document

WITH = "with a template for "
PASSTHROUGH = {
    (templates, sent, behavior): status
    for (templates, sent), statuses in {
        (WITH + "application/json", "none"): (200, 200, 200),
        (WITH + "application/json", "application/json"): (200, 200, 200),
        (WITH + "application/json", "application/xml"): (500, 415, 415),
        (WITH + "application/xml", "none"): (500, 415, 415),
        (WITH + "application/xml", "application/json"): (500, 415, 415),
        (WITH + "application/xml", "application/xml"): (200, 200, 200),
        ("with no template", "none"): (500, 500, 415),
        ("with no template", "application/json"): (500, 500, 415),
        ("with no template", "application/xml"): (500, 500, 415),
    }.items()
    for behavior, status in zip(
        ("when_no_match", "when_no_templates", "never"), statuses, strict=True
    )
}  # 500: passed through to the mock, which finds no statusCode in the body


@pytest.fixture(scope="module")
def api_id(aws: Aws) -> str:
    paths = {}
    for number, (templates, _sent, behavior) in enumerate(PASSTHROUGH):
        kept = {templates.split()[-1]: '{"statusCode": 200}'}
        integration = {
            "type": "mock",
            "requestTemplates": kept if templates.startswith(WITH) else {},
            "passthroughBehavior": behavior,
            "responses": {"default": {"statusCode": "200"}},
        }
        operation = {
            "responses": {"200": {"description": "ok"}},
            "x-amazon-apigateway-integration": integration,
        }
        paths[f"/passthrough{number}"] = {"post": operation}
    return aws.import_api(document(paths))


@pytest.mark.parametrize("key", PASSTHROUGH, ids=" ".join)
def test_passthrough(aws: Aws, api_id: str, key: tuple[str, str, str]) -> None:
    headers = {} if key[1] == "none" else {"Content-Type": key[1]}
    path = f"/passthrough{list(PASSTHROUGH).index(key)}"
    answer = aws.call(api_id, path, "POST", headers=headers, content="<x/>")
    assert answer.status_code == PASSTHROUGH[key]


@pytest.mark.parametrize("behavior", ["when_no_match", "when_no_templates", "never"])
@pytest.mark.parametrize("templates", [{}, {"application/json": "{}"}], ids=str)
def test_endpoints(aws: Aws, behavior: str, templates: dict[str, str]) -> None:
    """What a mock has no use for arrives at an endpoint as it is."""
    integration = {
        "type": "http",
        "httpMethod": "POST",
        "uri": "http://${stageVariables.host}/told",
        "requestTemplates": templates,
        "passthroughBehavior": behavior,
        "responses": {"default": {"statusCode": "200"}},
    }
    operation = {
        "responses": {"200": {"description": "ok"}},
        "x-amazon-apigateway-integration": integration,
    }
    with backend.running() as host:
        api_id = aws.import_api(document({"/a": {"post": operation}}), {"host": host})
        headers = {"Content-Type": "application/xml"}
        answer = aws.call(api_id, "/a", "POST", content="<x/>", headers=headers)
    passes = behavior == "when_no_match" or (behavior == "when_no_templates" and not templates)
    assert answer.status_code == (200 if passes else 415)
    if passes:
        assert base64.b64decode(answer.json()["body"]) == b"<x/>"
