"""A version whose contract is a file is judged, checked and published as any other."""

import httpx

from local.rehearse import released
from tests.rehearsal.corner import Corner
from tests.rehearsal.test_releases import stopped_at
from tests.rehearsal.test_sdks import version

CONTRACT = "lambda_src/menu/v1/openapi.yaml"
SCHEMAS = "lambda_src/menu/v1/schemas.yaml"


def test_a_file_that_it_refers_to_is_released_with_it(corner: Corner) -> None:
    assert version(corner, "menu-v1") == "1.0.0"
    corner.change(SCHEMAS, "    plates:", "    hot: {type: boolean}\n    plates:")
    assert released(corner.release("Say whether it is hot"))
    assert version(corner, "menu-v1") == "1.1.0"
    assert corner.published("sdks/menu-v1/1.1.0/python/corner_menu_v1-1.1.0-py3-none-any.whl")
    cooked = {"name": "soup", "hot": True}
    with httpx.Client(base_url=corner.url("prod", "menu-v1"), headers=corner.key("prod")) as client:
        answer = client.post("dishes", json=cooked)
        assert (answer.status_code, answer.json()) == (201, cooked)
        assert client.post("dishes", json={**cooked, "hot": "yes"}).status_code == 400


def test_what_breaks_its_callers_stops_the_build(changed: Corner) -> None:
    changed.change(SCHEMAS, "required: [name]", "required: [name, plates]")
    stage, reason = stopped_at(changed.release("Count the plates"))
    assert stage == "Build"
    assert "menu-v1 POST /dishes" in reason
    assert "contracts/breaking.yaml" in reason
    assert version(changed, "menu-v1") == "1.1.0"
