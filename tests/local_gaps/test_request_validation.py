"""Which bodies are validated, by content type.

'Request validation for REST APIs in API Gateway' ('if no matching content type is found, request
validation is not performed'):
https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-method-request-validation.html
https://docs.aws.amazon.com/apigateway/latest/api/API_PutMethod.html
"""

from __future__ import annotations

from typing import Any

import pytest

from tests.local_gaps.running import Aws, document, mock

JSON, PLAIN, OTHER = "application/json", "text/plain", "application/vnd.x+json"
VALID, INVALID, NOT_JSON = '{"a": 1}', '{"a": "text"}', "<a/>"
ONLY_JSON, WITH_DEFAULT, BOTH = "only json", "default", "both"

MODELS = {
    ONLY_JSON: {JSON: "WithA"},
    WITH_DEFAULT: {"$default": "WithA"},
    BOTH: {JSON: "WithA", OTHER: "WithB"},
}

# models, content type, body -> refused?
CASES = [
    (ONLY_JSON, JSON, VALID, False),
    (ONLY_JSON, JSON, INVALID, True),
    (ONLY_JSON, JSON, "", True),
    (ONLY_JSON, "application/json; charset=utf-8", INVALID, True),
    (ONLY_JSON, "Application/JSON", INVALID, True),
    (ONLY_JSON, None, INVALID, True),
    (ONLY_JSON, None, VALID, False),
    (ONLY_JSON, PLAIN, NOT_JSON, False),
    (ONLY_JSON, OTHER, INVALID, False),
    (WITH_DEFAULT, JSON, INVALID, True),
    (WITH_DEFAULT, PLAIN, INVALID, True),
    (WITH_DEFAULT, PLAIN, VALID, False),
    (BOTH, OTHER, '{"b": 1}', False),
    (BOTH, OTHER, VALID, True),
    (BOTH, JSON, '{"b": 1}', True),
    (BOTH, PLAIN, NOT_JSON, False),
]


def schema(name: str) -> dict[str, Any]:
    return {"type": "object", "required": [name], "properties": {name: {"type": "integer"}}}


@pytest.fixture(scope="module")
def api_id(aws: Aws) -> str:
    paths = {}
    for number, models in enumerate(MODELS.values()):
        content = {
            content_type: {"schema": {"$ref": f"#/components/schemas/{model}"}}
            for content_type, model in models.items()
        }
        operation = mock(requestBody={"content": content})
        templates = dict.fromkeys((JSON, PLAIN, OTHER), '{"statusCode": 200}')
        operation["x-amazon-apigateway-integration"]["requestTemplates"] = templates
        needed = [{"name": "q", "in": "query", "required": True}]
        paths[f"/m{number}"] = {"post": operation, "parameters": needed}
    return aws.import_api(
        document(
            paths,
            components={"schemas": {"WithA": schema("a"), "WithB": schema("b")}},
            **{
                "x-amazon-apigateway-request-validators": {
                    "all": {"validateRequestBody": True, "validateRequestParameters": True}
                },
                "x-amazon-apigateway-request-validator": "all",
            },
        )
    )


@pytest.mark.parametrize(("models", "content_type", "body", "refused"), CASES)
def test_body(
    aws: Aws, api_id: str, models: str, content_type: str | None, body: str, refused: bool
) -> None:
    headers = {"Content-Type": content_type} if content_type else {}
    path = f"/m{list(MODELS).index(models)}?q=1"
    answer = aws.call(api_id, path, "POST", headers=headers, content=body)
    assert answer.status_code == (400 if refused else 200)
    if refused:
        assert answer.json() == {"message": "Invalid request body"}


def test_parameters_are_validated_whatever_the_content_type(aws: Aws, api_id: str) -> None:
    answer = aws.call(api_id, "/m0", "POST", headers={"Content-Type": PLAIN}, content="x")
    assert answer.status_code == 400
    assert answer.json() == {"message": "Missing required request parameters: [q]"}


@pytest.mark.parametrize(
    ("query", "refused"),
    [
        ("", True),
        ("?q=", True),
        ("?q", True),
        ("?q=&q=", True),
        ("?other=1", True),
        ("?q=0", False),
        ("?q=%20", False),
        ("?q=&q=1", False),
    ],
)
def test_a_required_parameter_is_there_and_not_blank(
    aws: Aws, api_id: str, query: str, refused: bool
) -> None:
    answer = aws.call(api_id, f"/m0{query}", "POST", headers={"Content-Type": JSON}, content=VALID)
    assert answer.status_code == (400 if refused else 200)
