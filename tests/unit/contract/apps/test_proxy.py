"""The contract of an app that tells nobody its routes."""

from collections.abc import Mapping, Sequence

import pytest
from openapi_spec_validator import validate

from gatewright.contract import (
    Contract,
    ContractError,
    GatewayBinding,
    compile_gateway,
    proxy_contract,
    public_document,
)


def contract(
    methods: Sequence[str] = ("GET", "POST"),
    security: Sequence[Mapping[str, Sequence[str]]] = ({"api_key": ()},),
) -> Contract:
    return proxy_contract(
        name="shop",
        version="v1",
        title="Shop",
        methods=methods,
        security=security,
        place="platform.yaml:7",
    )


def test_every_path_asks_for_what_was_chosen() -> None:
    asked = {o.name: (o.operation_id, o.schemes) for o in contract().operations()}
    assert asked == {
        "GET /": ("get_root", {"api_key": []}),
        "POST /": ("post_root", {"api_key": []}),
        "GET /{proxy+}": ("get_path", {"api_key": []}),
        "POST /{proxy+}": ("post_path", {"api_key": []}),
    }


def test_the_gateway_hands_on_bytes_and_validates_no_body() -> None:
    binding = GatewayBinding(
        title="shop",
        integration_uri="uri",
        user_pool_arns=(),
        allow_origin=None,
        binary_media_types=contract().binary_media_types,
    )
    document = compile_gateway(contract(), binding)
    assert document["x-amazon-apigateway-binary-media-types"] == ["*/*"]
    assert "requestBody" not in document["paths"]["/{proxy+}"]["post"]


def test_the_public_document_is_openapi() -> None:
    document = public_document(contract(), server_url="https://shop.example/live")
    validate(document)
    assert list(document["paths"]) == ["/", "/{proxy}"]


@pytest.mark.parametrize(
    ("security", "reason"),
    [
        ((), "its list of security requirements is empty"),
        (({"api_key": ()}, {"cognito": ()}), "it has 2 alternative security requirements"),
        (({"apikey": ()},), "unknown security scheme apikey"),
        (({"api_key": ("a",)},), "an API key has no scopes"),
    ],
)
def test_a_choice_that_is_none_is_refused_where_it_is_written(
    security: tuple[dict[str, tuple[str, ...]], ...], reason: str
) -> None:
    with pytest.raises(ContractError) as caught:
        contract(security=security)
    assert f"GET / (platform.yaml:7): {reason}" in str(caught.value)
