"""What callers are told of a version on its way out, by headers, by documents and by 410."""

import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from gatewright.compare import compare
from gatewright.contract import (
    Contract,
    GatewayBinding,
    Lifecycle,
    compile_gateway,
    compile_retired,
    lifecycle_headers,
    public_document,
)
from gatewright.contract.lifecycle import declared_headers, response_parameters

DEPRECATED = Lifecycle(
    deprecated=date(2026, 11, 1),
    sunset=date(2027, 5, 1),
    link="https://shop.example/moving#v1",
    successor="v2",
)
URL = "https://api.example.com/shop/v2/"
HEADERS = lifecycle_headers(DEPRECATED, URL)
BINDING = GatewayBinding(
    "shop", "uri", ("pool",), "https://page.example", lifecycle_headers=HEADERS
)


def contract(**operation: Any) -> Contract:
    get = {"operationId": "x", "security": [{}], "responses": {"200": {"description": "yes"}}}
    document = {
        "openapi": "3.0.3",
        "info": {"title": "Shop", "version": "v1", "description": "Things."},
        "paths": {"/a": {"get": {**get, **operation}}},
    }
    return Contract("shop", "v1", "Shop", json.dumps(document))


@pytest.mark.parametrize(
    ("lifecycle", "url", "headers"),
    [
        (Lifecycle(), None, {}),
        # RFC 9745, section 2.1: a date of structured fields.
        (Lifecycle(deprecated=date(1970, 1, 2)), None, {"Deprecation": "@86400"}),
        (
            Lifecycle(deprecated=date(2026, 11, 1), sunset=date(2027, 5, 1)),
            None,
            # RFC 8594, section 3: an HTTP-date.
            {"Deprecation": "@1793491200", "Sunset": "Sat, 01 May 2027 00:00:00 GMT"},
        ),
        (
            Lifecycle(deprecated=date(2026, 11, 1), link="https://a.example"),
            URL,
            {
                "Deprecation": "@1793491200",
                "Link": f'<https://a.example>; rel="deprecation", <{URL}>; rel="successor-version"',
            },
        ),
        (
            Lifecycle(retired=date(2026, 11, 1), link="https://a.example"),
            None,
            {"Link": '<https://a.example>; rel="sunset"'},
        ),
    ],
)
def test_the_headers(lifecycle: Lifecycle, url: str | None, headers: dict[str, str]) -> None:
    assert lifecycle_headers(lifecycle, url) == headers


def test_every_answer_of_the_gateway_has_them() -> None:
    document = compile_gateway(contract(), BINDING)
    for response in document["x-amazon-apigateway-gateway-responses"].values():
        parameters = response["responseParameters"]
        for name, value in HEADERS.items():
            assert parameters[f"gatewayresponse.header.{name}"] == f"'{value}'"
        exposed = parameters["gatewayresponse.header.Access-Control-Expose-Headers"]
        assert exposed.endswith(",Deprecation,Link,Sunset'")


def test_preflights_declare_and_send_them() -> None:
    options = compile_gateway(contract(), BINDING)["paths"]["/a"]["options"]
    assert set(HEADERS) <= set(options["responses"]["204"]["headers"])
    sent = options["x-amazon-apigateway-integration"]["responses"]["default"]["responseParameters"]
    assert sent["method.response.header.Deprecation"] == f"'{HEADERS['Deprecation']}'"


def test_other_integrations_have_them_as_parameters() -> None:
    assert response_parameters({"Sunset": "x"}) == {"method.response.header.Sunset": "'x'"}
    assert declared_headers({"Sunset": "x"}) == {"Sunset": {"schema": {"type": "string"}}}


def test_an_active_version_compiles_as_ever() -> None:
    text = json.dumps(compile_gateway(contract(), replace(BINDING, lifecycle_headers={})))
    assert not any(name in text for name in ("Deprecation", "Sunset", '"Link"'))


def test_the_public_document_has_a_notice_and_the_headers() -> None:
    document = public_document(replace(contract(), lifecycle=DEPRECATED))
    assert document["info"]["description"] == (
        "**Deprecated since 2026-11-01.** It may answer no more from 2027-05-01 on. "
        "Use v2 in its place. See <https://shop.example/moving#v1>.\n\nThings."
    )
    operation = document["paths"]["/a"]["get"]
    assert operation["deprecated"] is True
    for response in operation["responses"].values():
        assert {"Deprecation", "Link", "Sunset"} <= set(response["headers"])


def test_to_callers_it_is_words_and_the_mark_of_each_operation() -> None:
    before, after = (
        public_document(contract()),
        public_document(replace(contract(), lifecycle=DEPRECATED)),
    )
    changes = compare(before, after)
    others = {change.kind for change in changes if change.verdict != "documentation"}
    assert others == {"operation-deprecated"}


def test_to_take_it_back_breaks_nobody() -> None:
    before = public_document(replace(contract(), lifecycle=DEPRECATED))
    changes = compare(before, public_document(contract()))
    assert changes
    assert not [change for change in changes if change.verdict == "breaking"]


def test_a_link_of_the_contracts_own_is_promised() -> None:
    link = {"headers": {"Link": {"schema": {"type": "string"}}}}
    own = contract(responses={"200": {"description": "yes", **link}})
    document = public_document(replace(own, lifecycle=DEPRECATED))
    responses = document["paths"]["/a"]["get"]["responses"]
    assert responses["200"]["headers"]["Link"] == link["headers"]["Link"]
    without = public_document(replace(contract(), lifecycle=DEPRECATED))
    breaking = [c.kind for c in compare(document, without) if c.verdict == "breaking"]
    assert breaking == []  # the version's own link comes in its place
    gone = [c.kind for c in compare(public_document(own), public_document(contract()))]
    assert "response-header-removed" in gone


def retired(**changes: Any) -> dict[str, Any]:
    lifecycle = Lifecycle(retired=date(2027, 5, 1), link=DEPRECATED.link, successor="v2")
    binding = replace(BINDING, **changes)
    return compile_retired(
        title="The $hop", version="v1", lifecycle=lifecycle, binding=binding, successor_url=URL
    )


@pytest.mark.parametrize("path", ["/", "/{proxy+}"])
def test_every_request_of_a_retired_version_is_410_without_credentials(path: str) -> None:
    method = retired()["paths"][path]["x-amazon-apigateway-any-method"]
    assert "security" not in method
    integration = method["x-amazon-apigateway-integration"]
    assert integration["type"] == "mock"
    assert integration["responses"]["default"]["statusCode"] == "410"


def test_the_410_says_where_to_go_in_the_shape_of_every_error() -> None:
    integration = retired()["paths"]["/"]["x-amazon-apigateway-any-method"][
        "x-amazon-apigateway-integration"
    ]
    template = integration["responses"]["default"]["responseTemplates"]["application/json"]
    # What begins a word of a template is written another way.
    assert template.count("$") == 1
    assert "#" not in template
    assert json.loads(template) == {
        "message": "The $hop v1 was retired on 2027-05-01. "
        f"Use v2 at {URL}. See https://shop.example/moving#v1",
        "request_id": "$context.requestId",
    }


def test_what_the_mock_has_no_template_for_is_gone_as_well() -> None:
    response = retired()["x-amazon-apigateway-gateway-responses"]["UNSUPPORTED_MEDIA_TYPE"]
    assert response["statusCode"] == 410


def test_without_pages_there_are_no_preflights() -> None:
    assert "options" in retired()["paths"]["/"]
    assert "options" not in retired(allow_origin=None)["paths"]["/"]
