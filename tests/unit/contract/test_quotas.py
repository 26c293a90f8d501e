"""What is above a quota is refused, with what it has and what to do. One test per mistake."""

from collections.abc import Mapping
from typing import Any

import pytest

from gatewright.contract import ContractError
from gatewright.contract.quotas import (
    MOST_BODY_BYTES,
    ApiQuotas,
    check_body_size,
    check_quotas,
    resources_of,
)


def document(**parts: Any) -> dict[str, Any]:
    return {"paths": {"/a/b": {"get": {}}}, **parts}


def test_a_path_is_as_many_resources_as_lead_to_it() -> None:
    found = resources_of(["/", "/a", "/a/{id}", "/b/c/d"])
    assert found == {"/", "/a", "/a/{id}", "/b", "/b/c", "/b/c/d"}


def test_what_is_within_every_quota_is_taken() -> None:
    check_quotas("shop-v1", document(), ApiQuotas(resources=3))
    check_body_size("shop-v1", MOST_BODY_BYTES)


AUTHORIZERS: dict[str, Any] = {str(i): {"x-amazon-apigateway-authorizer": {}} for i in range(11)}
LONG = "x" * (400 * 1024)


@pytest.mark.parametrize(
    ("parts", "quotas", "told"),
    [
        (
            {},
            ApiQuotas(resources=2, stated_in="environments.prod.quotas of platform.yaml"),
            "it has 3 resources (paths, and their parts), and the account takes 2 of an API\n"
            "  remedy: split it into several services, each an API of its own, or have AWS raise "
            "the quota",
        ),
        (
            {},
            ApiQuotas(resources=2, stated_in="environments.prod.quotas of platform.yaml"),
            "state it: resources_per_api: 3 in environments.prod.quotas of platform.yaml",
        ),
        (
            {"components": {"securitySchemes": AUTHORIZERS}},
            ApiQuotas(),
            "it has 11 authorizers, and the account takes 10 of an API",
        ),
        (
            {"x-amazon-apigateway-policy": {"Statement": ["x" * 8192]}},
            ApiQuotas(),
            "it has 8210 characters of policy, and the account takes 8192 of an API",
        ),
        (
            {"components": {"schemas": {"Huge": {"enum": [LONG]}}}},
            ApiQuotas(),
            "schema Huge: it has 409,613 bytes, and a model of API Gateway 400 KB",
        ),
    ],
)
def test_what_is_above_a_quota_is_refused(
    parts: Mapping[str, Any], quotas: ApiQuotas, told: str
) -> None:
    with pytest.raises(ContractError) as caught:
        check_quotas("shop-v1", document(**parts), quotas)
    assert told in str(caught.value)


@pytest.mark.parametrize(
    "integration",
    [
        {"requestTemplates": {"application/json": LONG}},
        {"responses": {"default": {"responseTemplates": {"application/json": LONG}}}},
    ],
)
def test_a_mapping_template_that_is_too_long_is_refused(integration: Mapping[str, Any]) -> None:
    paths = {"/a": {"get": {"x-amazon-apigateway-integration": integration}}}
    with pytest.raises(ContractError, match="GET /a: a mapping template has 409,600 bytes"):
        check_quotas("shop-v1", document(paths=paths), ApiQuotas())


def test_a_document_that_no_template_holds_is_refused() -> None:
    with pytest.raises(ContractError) as caught:
        check_body_size("shop-v1", MOST_BODY_BYTES + 1)
    assert "its document has 950,001 bytes" in str(caught.value)
    assert "remedy: split it into several services" in str(caught.value)
