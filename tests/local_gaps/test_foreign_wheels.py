"""Which distributions in a function's code cannot be imported on this machine.

"Tag: is the wheel's expanded compatibility tags", one a line, of which one is enough.
https://packaging.python.org/en/latest/specifications/binary-distribution-format/
"""

from __future__ import annotations

import pytest

from local.gaps.foreign_wheels import ForeignWheel, foreign_wheels
from tests.local_gaps.wheels import ELSEWHERE, HERE, dist_info, packed

ABI3 = f"cp37-abi3-{HERE.rpartition('-')[2]}"
LAMBDA = "cp314-cp314-manylinux_2_17_aarch64"


@pytest.mark.parametrize(
    "tags",
    [
        pytest.param((HERE,), id="built-here"),
        pytest.param((ELSEWHERE, HERE), id="one-of-several"),
        pytest.param((ABI3,), id="stable-abi-of-an-older-python"),
        pytest.param(("py3-none-any",), id="pure"),
        pytest.param(("py2-none-any", "py3-none-any"), id="pure-for-both"),
        pytest.param(("py2.py3-none-any",), id="pure-not-expanded"),
        pytest.param((), id="no-tag"),
        pytest.param(("something",), id="no-tag-that-is-one"),
    ],
)
def test_it_stays_as_it_is(tags: tuple[str, ...]) -> None:
    assert foreign_wheels(packed(dist_info("probe", *tags))) == ()


@pytest.mark.parametrize(
    "tags",
    [
        pytest.param((ELSEWHERE,), id="another-machine"),
        pytest.param((LAMBDA, "cp314-cp314-manylinux2014_aarch64"), id="lambda"),
        pytest.param(("cp27-cp27m-" + HERE.rpartition("-")[2],), id="another-python"),
        pytest.param(("cp37-abi3-win_arm64",), id="stable-abi-of-another-machine"),
        pytest.param(("py3-none-win_arm64",), id="program-of-another-machine"),
    ],
)
def test_it_is_foreign(tags: tuple[str, ...]) -> None:
    if HERE in tags:
        pytest.skip("this machine is like Lambda")
    found = foreign_wheels(packed(dist_info("Some.Probe", *tags)))
    assert found == (ForeignWheel("some-probe", "1.0", tags),)
    assert found[0].requirement == "some-probe==1.0"


@pytest.mark.parametrize("without", ["METADATA", "WHEEL"])
def test_what_does_not_say_what_it_is_stays(without: str) -> None:
    files = dist_info("probe", ELSEWHERE)
    left = {path: text for path, text in files.items() if not path.endswith(without)}
    assert len(left) == 1
    assert foreign_wheels(packed(left)) == ()


@pytest.mark.parametrize("line", ["Name: --index-url", "Name: ", "Version: latest"])
def test_what_no_index_can_know_stays(line: str) -> None:
    field = line.partition(":")[0]
    files = {
        path: "\n".join(line if old.startswith(field) else old for old in text.split("\n"))
        for path, text in dist_info("probe", ELSEWHERE).items()
    }
    assert foreign_wheels(packed(files)) == ()


def test_what_lies_deeper_stays() -> None:
    files = {f"vendored/{path}": text for path, text in dist_info("probe", ELSEWHERE).items()}
    assert foreign_wheels(packed(files)) == ()


def test_they_are_in_the_order_of_their_names() -> None:
    files = {**dist_info("zebra", ELSEWHERE), **dist_info("ape", ELSEWHERE)}
    assert [wheel.name for wheel in foreign_wheels(packed(files))] == ["ape", "zebra"]
