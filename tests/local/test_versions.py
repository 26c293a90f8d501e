"""Versions on their way out: one that is deprecated, one that is retired, and the one to go to."""

from collections.abc import Iterator

import httpx
import pytest

from gatewright.contract import public_document
from tests.local.target import Target

ORIGIN = "https://tea.example"
DEPRECATED = "@1793491200"  # 2026-11-01T00:00:00Z
SUNSET = "Sat, 01 May 2027 00:00:00 GMT"
MOVING = "https://tea.example/moving#v1"


@pytest.fixture(scope="module")
def old(showcase: Target) -> Iterator[httpx.Client]:
    with showcase.http("tea-v1") as client:
        yield client


@pytest.fixture(scope="module")
def gone(showcase: Target) -> Iterator[httpx.Client]:
    with showcase.http("tea-v3") as client:
        yield client


def links(response: httpx.Response) -> dict[str, str]:
    return {link["rel"]: link["url"] for link in response.links.values()}


def is_told(response: httpx.Response) -> bool:
    """Whether the answer says that its version is on its way out, and where to go."""
    told = links(response)
    return (
        response.headers["deprecation"] == DEPRECATED
        and response.headers["sunset"] == SUNSET
        and told["deprecation"] == told["sunset"] == MOVING
        and told["successor-version"] == "https://api.showcase.localhost/tea/v2/"
    )


@pytest.mark.proves("deprecated version", "several versions side by side")
def test_every_answer_of_a_function_says_that_it_is_deprecated(old: httpx.Client) -> None:
    response = old.get("teas/mint", params={"size": "big"})
    assert (response.status_code, response.json()["version"]) == (200, "v1")
    assert is_told(response)


def test_a_link_of_the_answer_stays(old: httpx.Client) -> None:
    assert links(old.get("teas/mint", params={"size": "big"}))["next"] == "?page=2"


@pytest.mark.parametrize(("path", "status"), [("teas/mint", 400), ("nothing/here", 403)])
def test_the_gateways_own_errors_say_it(old: httpx.Client, path: str, status: int) -> None:
    response = old.get(path)
    assert response.status_code == status
    assert is_told(response)


def test_a_preflight_says_it(old: httpx.Client) -> None:
    response = old.options("teas/mint")
    assert response.status_code == 204
    assert is_told(response)


@pytest.mark.parametrize("path", ["teas/mint?size=big", "nothing/here"])
def test_pages_may_read_it(old: httpx.Client, path: str) -> None:
    response = old.get(path, headers={"Origin": ORIGIN})
    assert response.headers["access-control-allow-origin"] == ORIGIN
    exposed = response.headers["access-control-expose-headers"].split(",")
    assert {"Deprecation", "Link", "Sunset"} <= set(exposed)


def test_the_version_to_go_to_says_nothing_of_it(showcase: Target) -> None:
    with showcase.http("tea-v2") as client:
        response = client.get("teas/mint")
    assert (response.status_code, response.json()["version"]) == (200, "v2")
    assert not {"deprecation", "sunset", "link"} & set(response.headers)


def test_the_public_document_tells_people(showcase: Target) -> None:
    document = public_document(showcase.contracts["tea-v1"])
    assert "Deprecated since 2026-11-01" in document["info"]["description"]
    operation = document["paths"]["/teas/{name}"]["get"]
    assert operation["deprecated"] is True
    assert {"Deprecation", "Link", "Sunset"} <= set(operation["responses"]["200"]["headers"])


@pytest.mark.proves("retired version")
@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "PATCH", "DELETE"])
@pytest.mark.parametrize("path", ["", "teas/mint", "a/b/c/d"])
def test_whatever_is_asked_of_a_retired_version_is_410(
    gone: httpx.Client, method: str, path: str
) -> None:
    response = gone.request(method, path)
    assert response.status_code == 410
    told = response.json()
    assert (
        "tea v3 was retired on 2026-10-01. Use v2 at https://api.showcase.localhost"
        in (told["message"])
    )
    assert told["message"].endswith("https://tea.example/moving#v3")
    assert told["request_id"] == response.headers["x-amzn-requestid"]
    assert links(response)["successor-version"] == "https://api.showcase.localhost/tea/v2/"


@pytest.mark.parametrize("media_type", ["application/json", "text/xml", "application/x-unheard-of"])
def test_a_body_of_any_kind_changes_nothing(gone: httpx.Client, media_type: str) -> None:
    response = gone.post("teas", content="<tea/>", headers={"Content-Type": media_type})
    assert (response.status_code, "was retired" in response.json()["message"]) == (410, True)


def test_a_page_may_read_that_it_is_gone(gone: httpx.Client) -> None:
    preflight = gone.options("teas/mint", headers={"Origin": ORIGIN})
    assert preflight.status_code == 204
    assert "DELETE" in preflight.headers["access-control-allow-methods"]
    assert gone.get("teas/mint").headers["access-control-allow-origin"] == ORIGIN


def test_nothing_runs_for_a_retired_version(showcase: Target) -> None:
    found = showcase.client("cloudformation").describe_stack_resources(
        StackName=showcase.stack_names["tea-v3"]
    )["StackResources"]
    kinds = {resource["ResourceType"] for resource in found}
    assert "AWS::ApiGateway::RestApi" in kinds
    assert not {kind for kind in kinds if kind.startswith(("AWS::Lambda", "AWS::IAM"))}


def test_it_stays_on_its_plans(showcase: Target) -> None:
    plans = showcase.client("apigateway").get_usage_plans()["items"]
    [plan] = [plan for plan in plans if plan["name"].endswith("-tea")]
    covered = {stage["apiId"] for stage in plan["apiStages"]}
    assert showcase.deployed.apis["tea-v3"].rest_api_id in covered
