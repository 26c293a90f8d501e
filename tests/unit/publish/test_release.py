"""What a release publishes, in which order, and what a run that stopped halfway leaves."""

import json
from pathlib import Path

import pytest

from gatewright.publish.errors import PublishError
from tests.unit.publish.release_parts import Shop, StoppedError, document, reworded

FIRST = document("list_goods")


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    """A shop that was released once."""
    shop = Shop(tmp_path)
    shop.release({"shop-v1": FIRST})
    return shop


def test_a_first_release_is_the_first_of_its_api_version(tmp_path: Path) -> None:
    shop = Shop(tmp_path)
    shop.release({"shop-v1": FIRST, "shop-v2": document("find_goods")})
    assert (shop.version("shop-v1"), shop.version("shop-v2")) == ("1.0.0", "2.0.0")
    assert "What differs from v1" in shop.text("sdks/shop-v2/CHANGELOG.md")
    assert "The first release" in shop.text("sdks/shop-v1/CHANGELOG.md")
    assert shop.lines[:2] == [
        "shop-v1 1.0.0: the first release",
        "shop-v2 2.0.0: the first release",
    ]


def test_everything_of_a_version_is_in_its_folder(shop: Shop) -> None:
    top = "sdks/shop-v1/1.0.0/"
    assert {name.removeprefix(top) for name in shop.place.contents if name.startswith(top)} == {
        *("CHANGELOG.md", "contract.json", "SHA256SUMS", "SHA256SUMS.sig", "signing-key.pem"),
        *("python/README.md", "python/shop-v1-python-1.0.0.zip"),
        *("ruby/README.md", "ruby/shop-v1-ruby-1.0.0.zip"),
    }
    signed = shop.place.contents[f"{top}SHA256SUMS.sig"]
    assert signed == b"signed " + shop.place.contents[f"{top}SHA256SUMS"]
    assert json.loads(shop.text("sdks/shop-v1/latest.json")) == {
        "version": "1.0.0",
        "languages": ["python", "ruby"],
        "packages": ["python/shop-v1-python-1.0.0.zip", "ruby/shop-v1-ruby-1.0.0.zip"],
    }
    assert json.loads(shop.text("openapi/one/shop-v1.json"))["info"]["version"] == "1.0.0"


def test_an_unchanged_contract_makes_nothing_and_is_of_the_new_execution_too(shop: Shop) -> None:
    shop.release({"shop-v1": FIRST}, "two")
    assert shop.made == []
    assert shop.lines[0] == "shop-v1 1.0.0: unchanged"
    assert (
        shop.place.contents["openapi/two/shop-v1.json"]
        == (shop.place.contents["openapi/latest/shop-v1.json"])
    )


@pytest.mark.parametrize(
    ("changed", "version"),
    [
        (document("list_goods", "find_goods"), "1.1.0"),
        (reworded(FIRST), "1.0.1"),
        (document("find_goods"), "2.0.0"),
    ],
    ids=["compatible", "documentation", "breaking"],
)
def test_the_version_follows_from_what_changed(
    shop: Shop, changed: dict[str, object], version: str
) -> None:
    shop.release({"shop-v1": changed})
    assert shop.version("shop-v1") == version
    assert shop.made == [("shop-v1", version, "python"), ("shop-v1", version, "ruby")]
    text = shop.text("sdks/shop-v1/CHANGELOG.md")
    assert text.index(f"## {version}") < text.index("## 1.0.0")


def test_a_breaking_change_that_nobody_wrote_down_is_told(shop: Shop) -> None:
    shop.release({"shop-v1": document("find_goods")})
    assert any("nobody wrote it down: operation-" in line for line in shop.lines)


def test_only_what_changed_is_made(shop: Shop) -> None:
    shop.release({"shop-v1": FIRST, "till-v1": document("pay")})
    assert {api for api, _, _ in shop.made} == {"till-v1"}


def test_an_api_that_is_no_longer_served_leaves_its_sdks(shop: Shop) -> None:
    shop.release({"till-v1": document("pay")})
    assert "openapi/latest/shop-v1.json" not in shop.place.contents
    assert "sdks/shop-v1/latest.json" in shop.place.contents
    assert "shop-v1: no longer served" in shop.lines[-1]


def test_without_languages_the_contracts_alone_are_published(tmp_path: Path) -> None:
    shop = Shop(tmp_path, languages=())
    shop.release({"shop-v1": FIRST})
    assert set(shop.place.contents) == {"openapi/one/shop-v1.json", "openapi/latest/shop-v1.json"}


def test_a_language_that_is_added_is_made_of_the_version_that_is_out(shop: Shop) -> None:
    before = shop.text("sdks/shop-v1/1.0.0/SHA256SUMS")
    shop.languages = ("python", "ruby", "swift")
    shop.release({"shop-v1": FIRST}, "two")
    assert shop.made == [("shop-v1", "1.0.0", "swift")]
    after = shop.text("sdks/shop-v1/1.0.0/SHA256SUMS")
    assert set(before.splitlines()) < set(after.splitlines())
    assert "swift/shop-v1-swift-1.0.0.zip" in after
    assert json.loads(shop.text("sdks/shop-v1/latest.json"))["languages"] == [
        *("python", "ruby", "swift")
    ]


def _writes_of_a_release(folder: Path) -> int:
    shop = Shop(folder)
    shop.release({"shop-v1": FIRST})
    shop.place.writes = 1000
    shop.release({"shop-v1": reworded(FIRST)}, "two")
    return 1000 - shop.place.writes


@pytest.mark.parametrize("again", ["the same", "another"])
def test_after_a_stop_at_any_write_the_next_run_completes(
    again: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """The next run is of the same commit, or of one with another contract."""
    whole = _writes_of_a_release(tmp_path_factory.mktemp("whole"))
    assert whole > 10
    for writes in range(whole):
        shop = Shop(tmp_path_factory.mktemp("shop"))
        shop.release({"shop-v1": FIRST})
        shop.place.writes = writes
        with pytest.raises(StoppedError):
            shop.release({"shop-v1": reworded(FIRST)}, "two")
        assert shop.version("shop-v1") in ("1.0.0", "1.0.1")
        shop.place.writes = None
        last = reworded(FIRST) if again == "the same" else document("list_goods", "find_goods")
        shop.release({"shop-v1": last}, "three")
        _complete(shop, begun=writes > 0, same=again == "the same")


def _complete(shop: Shop, *, begun: bool, same: bool) -> None:
    version = "1.0.1" if same else "1.1.0"
    assert shop.version("shop-v1") == version
    latest = json.loads(shop.text("sdks/shop-v1/latest.json"))
    assert latest["version"] == version
    for name in (*latest["packages"], "SHA256SUMS.sig", "contract.json"):
        assert f"sdks/shop-v1/{version}/{name}" in shop.place.contents
    changelog = shop.text("sdks/shop-v1/CHANGELOG.md")
    expected = ["1.0.1", "1.0.0"] if same else ["1.1.0", *(["1.0.1"] if begun else []), "1.0.0"]
    assert [line[3:] for line in changelog.splitlines() if line.startswith("## ")] == expected
    assert changelog == shop.text(f"sdks/shop-v1/{version}/CHANGELOG.md")


def test_an_index_with_another_content_stops_before_the_contract_counts(shop: Shop) -> None:
    shop.index.packages["shop-v1", "1.0.1"] = b"of somebody else"
    with pytest.raises(PublishError, match=r"shop-v1 1\.0\.1: another content"):
        shop.release({"shop-v1": reworded(FIRST)}, "two")
    assert shop.version("shop-v1") == "1.0.0"
    assert json.loads(shop.text("sdks/shop-v1/latest.json"))["version"] == "1.0.0"


def test_what_is_at_the_place_and_no_json_is_named(shop: Shop) -> None:
    shop.place.contents["sdks/shop-v1/latest.json"] = b"{"
    with pytest.raises(PublishError, match=r"sdks/shop-v1/latest\.json .*Restore"):
        shop.release({"shop-v1": FIRST})
