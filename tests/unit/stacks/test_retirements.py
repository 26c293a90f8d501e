"""A contract that is gone because its version is retired is no surprise."""

from pathlib import Path

import pytest

from gatewright.config import Platform, load_platform
from stacks.contract_check import check
from stacks.contracts import read_contracts
from stacks.public_documents import public_documents_of
from stacks.retirements import retirements
from tests.synthesis import ROOT, change_yaml, copied_platform
from tests.unit.stacks.test_contract_check import published, shop

ZONE = {"id": "Z1", "name": "example.com"}


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = copied_platform(tmp_path_factory.mktemp("retired") / "platform")

    def change(content: dict[str, dict[str, dict[str, object]]]) -> None:
        versions = content["services"]["foods"]["versions"]
        versions["v1"] = {"lifecycle": {"retired": "2026-11-01"}}  # type: ignore[index]
        content["environments"]["prod"]["domain"] = {"name": "api.example.com", "hosted_zone": ZONE}
        content["environments"]["beta"]["domain"] = {"name": "b.example.com", "hosted_zone": ZONE}

    change_yaml(folder / "platform.yaml", change)
    return folder


@pytest.fixture(scope="module")
def platform(root: Path) -> Platform:
    return load_platform(root / "platform.yaml")


def test_it_has_no_contract_any_more(platform: Platform, root: Path) -> None:
    assert set(read_contracts(platform, root)) == {"foods-v2"}


def test_contract_check_takes_platform_yaml_for_the_declaration(
    platform: Platform, tmp_path: Path
) -> None:
    published(tmp_path / "contracts", foods_v1=shop("/a", version="1.0.0"))
    [undeclared] = check(tmp_path, {}, None).values()
    assert not undeclared.holds
    [judgement] = check(tmp_path, {}, None, retirements(platform)).values()
    assert judgement.holds
    assert judgement.apis[0].version is None


def test_other_contracts_are_not_excused(platform: Platform, tmp_path: Path) -> None:
    published(tmp_path / "contracts", foods_v2=shop("/a", version="2.0.0"))
    [judgement] = check(tmp_path, {}, None, retirements(platform)).values()
    assert not judgement.holds


def test_documents_name_the_domains_the_public_one_first(platform: Platform, root: Path) -> None:
    documents = public_documents_of(platform, read_contracts(platform, root))
    assert documents["foods-v2"]["servers"] == [
        {"url": "https://api.example.com/foods/v2", "description": "prod"},
        {"url": "https://b.example.com/foods/v2", "description": "beta"},
    ]


def test_without_a_domain_they_name_no_server() -> None:
    platform = load_platform(ROOT / "platform.yaml")
    documents = public_documents_of(platform, read_contracts(platform, ROOT))
    assert "servers" not in documents["foods-v1"]
