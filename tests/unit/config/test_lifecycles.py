"""How long a version is served, and its domain, as frozen objects."""

from datetime import date
from pathlib import Path

import pytest

from gatewright.config import Platform, load_platform, past_sunsets
from tests.unit.config.conftest import Edit, edited

ROUTES = "        routes: foods.v1.handler:app\n"
RETIRED: Edit = (ROUTES, "        lifecycle: {retired: 2026-11-01}\n")
_DEPRECATED = "lifecycle: {deprecated: 2026-11-01, sunset: 2027-05-01}"
DEPRECATED: Edit = (ROUTES, f"{ROUTES}        {_DEPRECATED}\n")


def load(folder: Path, *edits: Edit) -> Platform:
    file = folder / "platform.yaml"
    file.write_text(edited(*edits))
    return load_platform(file)


@pytest.mark.parametrize("text", ["        lifecycle: active\n", ""])
def test_a_version_is_active_unless_it_says_otherwise(tmp_path: Path, text: str) -> None:
    api = load(tmp_path, (ROUTES, ROUTES + text)).apis[0]
    assert (api.lifecycle, api.retired) == (None, False)


def test_a_retired_version_needs_nothing_that_answers(tmp_path: Path) -> None:
    api = load(tmp_path, RETIRED).apis[0]
    assert (api.retired, api.routes) == (True, None)


def test_a_retired_version_may_keep_its_routes(tmp_path: Path) -> None:
    assert load(tmp_path, (ROUTES, ROUTES + RETIRED[1])).apis[0].retired


@pytest.mark.parametrize(
    ("today", "told"),
    [(date(2027, 4, 30), 0), (date(2027, 5, 1), 1), (date(2031, 1, 1), 1)],
)
def test_a_sunset_that_has_passed_is_told_and_no_mistake(
    tmp_path: Path, today: date, told: int
) -> None:
    lines = list(past_sunsets(load(tmp_path, DEPRECATED), today))
    assert len(lines) == told
    for line in lines:
        assert "platform.yaml:22: the sunset of foods-v1 was on 2027-05-01" in line
        assert "add 'retired: <day>', or move the day" in line


def test_a_version_that_is_retired_has_no_sunset_to_come(tmp_path: Path) -> None:
    both = (ROUTES, DEPRECATED[1].replace("}", ", retired: 2027-05-01}"))
    assert list(past_sunsets(load(tmp_path, both), date(2031, 1, 1))) == []


ARN = "arn:aws:acm:us-east-1:000000000000:certificate/1"


@pytest.mark.parametrize(
    ("more", "policy"),
    [
        ("", "SecurityPolicy_TLS13_1_2_PFS_PQ_2025_09"),
        (", mutual_tls: {truststore: 's3://bucket/trust.pem'}", "TLS_1_2"),
        (", security_policy: SecurityPolicy_TLS13_1_3_2025_09", "SecurityPolicy_TLS13_1_3_2025_09"),
    ],
)
def test_the_newest_policy_that_fits_is_the_default(tmp_path: Path, more: str, policy: str) -> None:
    text = f'    domain: {{name: api.example.com, certificate: "{ARN}"{more}}}\n'
    region = "    region: us-east-1\n"
    domain = load(tmp_path, (region, region + text)).environments[0].domain
    assert domain is not None
    assert domain.policy == policy


@pytest.mark.parametrize(
    ("base_path", "url"),
    [
        (None, "https://api.example.com/foods/v1/"),
        ("food", "https://api.example.com/food/"),
        ("/", "https://api.example.com/"),
    ],
)
def test_an_api_is_at_its_base_path(tmp_path: Path, base_path: str | None, url: str) -> None:
    paths = f", base_paths: {{foods-v1: {base_path}}}" if base_path else ""
    text = f'    domain: {{name: api.example.com, certificate: "{ARN}"{paths}}}\n'
    region = "    region: us-east-1\n"
    domain = load(tmp_path, (region, region + text)).environments[0].domain
    assert domain is not None
    assert domain.url_of("foods", "v1") == url
