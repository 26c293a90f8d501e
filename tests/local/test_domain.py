"""A domain name over all APIs: by path, by header, and nothing else."""

from collections.abc import Iterator
from urllib.parse import urlsplit

import httpx
import pytest

from tests.local.target import Target

HOST = "api.showcase.localhost"


@pytest.fixture(scope="module")
def domain(showcase: Target) -> Iterator[httpx.Client]:
    """There is no DNS here, so the header says which host is meant."""
    parts = urlsplit(showcase.urls["tea-v2"])
    with httpx.Client(
        base_url=f"{parts.scheme}://{parts.netloc}", headers={"Host": HOST}, timeout=30
    ) as client:
        yield client


@pytest.mark.proves("custom domain with base paths", "routing rules by path")
@pytest.mark.parametrize("version", ["v1", "v2"])
def test_a_base_path_leads_to_its_version(domain: httpx.Client, version: str) -> None:
    response = domain.get(f"/tea/{version}/teas/mint", params={"size": "big"})
    assert (response.status_code, response.json()["version"]) == (200, version)


@pytest.mark.parametrize("version", ["v1", "v2"])
def test_handlers_see_the_paths_of_their_contract(domain: httpx.Client, version: str) -> None:
    response = domain.get(f"/tea/{version}/teas/mint", params={"size": "big"})
    assert response.json()["path"] == "/teas/mint"


def test_a_base_path_may_be_another_one(domain: httpx.Client) -> None:
    assert domain.get("/store/orders").json()["resource"] == "/orders"
    assert domain.get("/shop/v1/orders").status_code == 403


@pytest.mark.proves("routing rules by header")
@pytest.mark.parametrize("version", ["v1", "v2"])
def test_a_header_chooses_the_version(domain: httpx.Client, version: str) -> None:
    response = domain.get(
        "/tea/teas/mint", params={"size": "big"}, headers={"X-Api-Version": version}
    )
    assert (response.status_code, response.json()["version"]) == (200, version)
    assert response.json()["path"] == "/teas/mint"


def test_a_header_may_choose_a_version_that_is_retired(domain: httpx.Client) -> None:
    assert domain.get("/tea/teas/mint", headers={"X-Api-Version": "v3"}).status_code == 410


@pytest.mark.parametrize("headers", [{}, {"X-Api-Version": "v9"}, {"X-Api-Version": "V2"}])
def test_without_a_version_it_is_the_default(domain: httpx.Client, headers: dict[str, str]) -> None:
    response = domain.get("/tea/teas/mint", params={"size": "big"}, headers=headers)
    assert response.json()["version"] == "v1"


def test_a_path_says_more_than_a_header(domain: httpx.Client) -> None:
    response = domain.get("/tea/v2/teas/mint", headers={"X-Api-Version": "v1"})
    assert response.json()["version"] == "v2"


@pytest.mark.parametrize("path", ["/", "/nothing", "/teas/mint", "/TEA/v2/teas/mint"])
def test_what_leads_nowhere_is_403(domain: httpx.Client, path: str) -> None:
    response = domain.get(path)
    assert (response.status_code, response.json()) == (403, {"message": "Forbidden"})


def test_preflights_go_to_the_version(domain: httpx.Client) -> None:
    response = domain.options("/tea/v1/teas/mint", headers={"Origin": "https://tea.example"})
    assert response.headers["access-control-allow-origin"] == "https://tea.example"


def test_a_page_of_elsewhere_may_call_it(domain: httpx.Client) -> None:
    response = domain.get("/tea/v2/teas/mint", headers={"Origin": "https://tea.example"})
    assert response.status_code == 200


@pytest.mark.proves("default endpoint disabled")
def test_an_api_with_a_domain_does_not_answer_at_its_own_address(
    target: Target, showcase: Target, domain: httpx.Client
) -> None:
    def at_its_own_address(where: Target, api: str, path: str) -> httpx.Response:
        found = where.deployed.apis[api]
        host = {"Host": f"{found.rest_api_id}.execute-api.localhost"}
        return domain.get(f"/{found.stage}/{path}", headers=host)

    refused = at_its_own_address(showcase, "tea-v2", "teas/mint")
    assert (refused.status_code, refused.json()) == (403, {"message": "Forbidden"})
    assert at_its_own_address(target, "foods-v1", "").json() == {"hello": "world"}


@pytest.mark.proves("DNS record of a domain")
def test_the_zone_leads_to_the_domain(showcase: Target) -> None:
    name = showcase.client("apigateway").get_domain_name(domainName=HOST)
    found = showcase.client("route53").list_resource_record_sets(HostedZoneId="Z0SHOWCASE")
    records = [one for one in found["ResourceRecordSets"] if one["Name"] == f"{HOST}."]
    assert {record["Type"] for record in records} == {"A", "AAAA"}
    targets = {record["AliasTarget"]["DNSName"].rstrip(".") for record in records}
    assert targets == {name["regionalDomainName"]}


def test_its_certificate_is_for_that_name(showcase: Target) -> None:
    name = showcase.client("apigateway").get_domain_name(domainName=HOST)
    arn = name["regionalCertificateArn"]
    found = showcase.client("acm").describe_certificate(CertificateArn=arn)["Certificate"]
    assert (found["DomainName"], found["Status"]) == (HOST, "ISSUED")
