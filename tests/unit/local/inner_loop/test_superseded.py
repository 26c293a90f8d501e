"""Old releases go; the last few, and aliases that are no release's, stay."""

from local.inner_loop.superseded import KEPT, superseded


def test_the_oldest_by_version_go() -> None:
    aliases = [f"r-{number:010x}-{number}" for number in (9, 12, 2, 10, 11)]
    assert KEPT == 3
    assert superseded(aliases) == ["r-0000000002-2", "r-0000000009-9"]


def test_few_releases_stay() -> None:
    assert superseded(["r-0000000001-1", "r-0000000002-2", "r-0000000003-3"]) == []


def test_an_alias_of_somebody_else_stays() -> None:
    names = ["live", "r-1-1", "beta-0000000001-1"]
    assert superseded([*names, *(f"r-{number:010x}-{number}" for number in range(1, 4))]) == []
