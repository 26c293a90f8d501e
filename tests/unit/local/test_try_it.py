"""What `make up` prints to try, of versions that are gone and of a domain."""

from typing import Any

from local.try_it import try_it

RETIRED = {"url": "http://localhost:4566/_aws/execute-api/1/live/"}
SERVED = {"url": "http://localhost:4566/_aws/execute-api/2/live/", "openapi": "shop-v2.json"}
AT_DOMAIN = {"host": "api.shop.localhost", "base_path": "shop/v2"}


def printed(**apis: dict[str, str]) -> str:
    demo = {"username": "u", "password": "p", "api_key": "k"}
    outputs: dict[str, Any] = {
        "endpoint_url": "http://localhost:4566",
        "demo": demo,
        "apis": {name.replace("_", "-"): api for name, api in apis.items()},
    }
    return try_it(outputs)


def test_a_retired_version_is_told_as_one() -> None:
    text = printed(foods_v1=RETIRED, shop_v2=SERVED)
    assert f"curl -i {RETIRED['url']}   # retired: 410" in text
    assert f"curl {SERVED['url']}   # its routes: shop-v2.json" in text
    assert "list_foods" not in text


def test_a_domain_is_named_by_a_header() -> None:
    text = printed(shop_v2={**SERVED, **AT_DOMAIN})
    assert "curl -H 'Host: api.shop.localhost' http://localhost:4566/shop/v2" in text
    assert "Host:" not in printed(shop_v2=SERVED)
