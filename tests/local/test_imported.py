"""APIs that were deployed otherwise, by the contracts that an import made of them, over HTTP."""

import pytest

from tests.local.target import Target


@pytest.mark.proves("contract of a SAM template")
def test_a_sam_template_is_served_with_the_access_that_it_asks_for(showcase: Target) -> None:
    with (
        showcase.http("imported-v1") as anybody,
        showcase.key() as key,
        showcase.token() as token,
    ):
        desks = anybody.get("desks", params={"floor": "1"})
        assert (desks.status_code, desks.json()["resource"]) == (200, "/desks")
        assert desks.headers["access-control-allow-origin"] == "https://desks.example"
        assert anybody.get("desks").status_code == 400
        with_key = {"x-api-key": key}
        assert anybody.post("desks", json={"size": 1}).status_code == 403
        assert anybody.post("desks", json={"size": 1}, headers=with_key).status_code == 201
        assert anybody.post("desks", json={"size": 0}, headers=with_key).status_code == 400
        assert anybody.delete("desks/7").status_code == 401
        bearer = {"Authorization": f"Bearer {token}"}
        assert anybody.delete("desks/7", headers=bearer).json()["pathParameters"] == {"id": "7"}


@pytest.mark.proves("contract of an exported API Gateway document", "API key beside a token")
def test_an_export_is_served_with_the_access_that_it_asks_for(showcase: Target) -> None:
    with (
        showcase.http("imported-v2") as anybody,
        showcase.key() as key,
        showcase.token() as token,
    ):
        assert anybody.get("chairs", params={"room": "1"}).status_code == 200
        assert anybody.get("chairs/7").status_code == 403
        assert anybody.get("chairs/7", headers={"x-api-key": key}).status_code == 200
        # An export names two requirements, and API Gateway reads them as one.
        bearer, both = {"Authorization": f"Bearer {token}"}, {"x-api-key": key}
        assert anybody.post("chairs", json={"legs": 4}, headers=bearer).status_code == 403
        assert anybody.post("chairs", json={"legs": 4}, headers=both).status_code == 401
        assert anybody.post("chairs", json={"legs": 4}, headers=bearer | both).status_code == 201
        assert anybody.post("chairs", json={"legs": 0}, headers=bearer | both).status_code == 400
