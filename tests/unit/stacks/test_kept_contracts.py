"""Contracts are read once for as long as nothing changes that they follow from."""

import pickle
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from gatewright.contract import Contract, ContractError, check_contract
from stacks.kept_contracts import contracts_of
from tests.synthesis import change_text, copied_platform

KEPT = Path(".gatewright") / "contracts"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A platform whose service counts its imports."""
    root = copied_platform(tmp_path / "platform")
    (root / "stacks").mkdir()
    handler = root / "lambda_src" / "foods" / "v1" / "handler.py"
    counting = f"open({str(tmp_path / 'imports')!r}, 'a').write('.')"
    handler.write_text(f"{handler.read_text()}\n{counting}\n")
    return root


def imports(root: Path) -> int:
    return len((root.parent / "imports").read_text())


def titles(contracts: Mapping[str, Contract]) -> dict[str, str]:
    return {name: contract.title for name, contract in contracts.items()}


def test_a_second_synthesis_imports_no_service(root: Path) -> None:
    first = contracts_of(root)()
    second = contracts_of(root)()
    assert imports(root) == 1
    assert second == first
    assert [dict(c.sources) for c in second.values()] == [dict(c.sources) for c in first.values()]


class CheckedError(Exception):
    """A contract was checked."""


def _no_check(contract: Contract) -> None:
    raise CheckedError(contract.title)


def test_kept_contracts_are_not_checked_once_more(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    contracts_of(root)()
    monkeypatch.setattr("gatewright.contract.check.all_problems", _no_check)
    for contract in contracts_of(root)().values():
        check_contract(contract)
        # A changed one is another contract, with rules of its own to keep.
        with pytest.raises(CheckedError):
            check_contract(replace(contract, title="Another"))


def test_what_follows_from_the_text_is_not_kept(root: Path) -> None:
    for contract in contracts_of(root)().values():
        kept = pickle.dumps(contract)
        assert list(contract.operations())
        assert contract.schemas
        assert pickle.dumps(contract) == kept


@pytest.mark.parametrize(
    "changed",
    ["lambda_src/foods/v1/stock.py", "lambda_src/foods/requirements.txt", "platform.yaml"],
)
def test_what_changes_has_them_read_anew(root: Path, changed: str) -> None:
    contracts_of(root)()
    with (root / changed).open("a") as file:
        file.write("\n# changed\n")
    contracts_of(root)()
    contracts_of(root)()
    assert imports(root) == 2


def test_a_changed_service_has_its_new_contract(root: Path) -> None:
    contracts_of(root)()
    change_text(root / "lambda_src/foods/v1/handler.py", "Say hello", "Say good day")
    assert "Say good day" in contracts_of(root)()["foods-v1"].text


@pytest.mark.parametrize("text", [b"", b"{", b"no digest\nand no contracts"], ids=repr)
def test_a_file_of_something_else_is_read_over(root: Path, text: bytes) -> None:
    contracts = contracts_of(root)()
    (root / KEPT).write_bytes(text)
    assert contracts_of(root)() == contracts
    assert contracts_of(root)() == contracts
    assert imports(root) == 2


def test_what_cannot_be_unpacked_is_read_anew(root: Path) -> None:
    contracts = contracts_of(root)()
    digest = (root / KEPT).read_bytes().partition(b"\n")[0]
    (root / KEPT).write_bytes(digest + b"\nno pickle")
    assert contracts_of(root)() == contracts
    assert imports(root) == 2


def test_what_is_refused_is_not_kept(root: Path) -> None:
    change_text(
        root / "lambda_src/foods/v1/handler.py", 'security=[{"api_key": []}]', "security=[]"
    )
    for _ in range(2):
        with pytest.raises(ContractError, match="nobody chose"):
            contracts_of(root)()
    assert not (root / KEPT).exists()


def test_a_checkout_that_cannot_be_written_to_is_read(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: Any) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "replace", refused)
    assert titles(contracts_of(root)()) == {"foods-v1": "Foods", "foods-v2": "Foods"}
    assert list((root / ".gatewright").glob("contracts*")) == []
