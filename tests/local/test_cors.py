"""Browsers may ask, and may read every answer.

AWS: "CORS for REST APIs in API Gateway"; Fetch standard, "CORS protocol".
"""

import httpx
import pytest

from gatewright.config import load_platform
from local.cdk_cli import ROOT
from stacks.contracts import read_contracts
from tests.local.requests import Call, calls
from tests.local.target import Target

pytestmark = pytest.mark.deployed

CALLS = calls(read_contracts(load_platform(ROOT / "platform.yaml"), ROOT))


@pytest.mark.parametrize("call", CALLS, ids=lambda call: call.label)
@pytest.mark.parametrize("content_type", [None, "application/json", "text/plain"])
@pytest.mark.proves("CORS")
def test_preflight_needs_no_credentials(
    target: Target, call: Call, content_type: str | None
) -> None:
    headers = {
        "Origin": "https://shop.example",
        "Access-Control-Request-Method": call.method,
        "Access-Control-Request-Headers": "authorization,content-type,x-api-key",
    }
    if content_type:
        headers["Content-Type"] = content_type
    response = httpx.options(target.urls[call.api] + call.path, headers=headers)
    assert target.may_be_read(response, call.api)
    if target.origins[call.api] is None:
        assert response.status_code == 403
        return
    assert response.status_code == 204, response.text
    assert call.method in _listed(response, "access-control-allow-methods")
    allowed = _listed(response, "access-control-allow-headers")
    assert {"authorization", "content-type", "x-api-key"} <= {name.lower() for name in allowed}
    assert int(response.headers["access-control-max-age"]) > 0


def _listed(response: httpx.Response, header: str) -> set[str]:
    return {name.strip() for name in response.headers[header].split(",")}
