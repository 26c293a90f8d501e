"""Files that cannot be read as YAML, and YAML's traps."""

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest

from gatewright.config import ConfigError, load_platform
from tests.unit.config.conftest import VALID, edited

# id, content, line, column, what the problem must say
UNREADABLE: list[tuple[str, str | bytes, int, int, str]] = [
    ("empty", "", 1, 1, "an empty file"),
    ("only-comments", "# later\n", 1, 1, "an empty file"),
    ("list-at-the-top", "- project: shop\n", 1, 1, "project, tags, environments, services, plans"),
    ("text-at-the-top", "shop\n", 1, 1, "'shop'"),
    ("not-closed", edited(("    plans: [demo]", "    plans: [demo")), 8, 14, "flow sequence"),
    ("byte-order-mark", "\ufeff" + edited(("shop", "Shop")), 1, 10, "1 to 20 lower"),
    ("tab", edited(("    region: us", "\tregion: us")), 6, 1, "replace the tab"),
    ("two-documents", VALID + "---\nproject: other\n", 42, 1, "document"),
    ("undefined-alias", edited(("{owner: team-a}", "*base")), 2, 7, "alias"),
    (
        "latin-1",
        VALID.replace("Foods", "Caf\u00e9").encode("latin-1"),
        18,
        15,
        "save the file as UTF-8",
    ),
    ("utf-16", VALID.encode("utf-16"), 1, 1, "save the file as UTF-8"),
    ("control-character", edited(("Foods", "Fo\x07ods")), 18, 14, "U+0007"),
    ("name-twice", edited(("  prod:", "  local:")), 9, 3, "the first is on line 4"),
    ("field-twice", edited(("    rate: 50", "    rate: 50\n    rate: 60")), 38, 5, "a second time"),
    ("list-as-name", edited(("  prod:", "  ? [a]\n  : {}\n  prod:")), 9, 5, "used as a name"),
    ("custom-tag", edited(("us-east-1", "!Ref Region")), 6, 13, "the tag !Ref"),
    ("wrong-explicit-tag", edited(("20000", "!!int many")), 34, 20, "the tag !!int"),
    ("alias-in-itself", edited(("{owner: team-a}", "&t {owner: *t}")), 2, 7, "contains itself"),
    ("deep", edited(("{owner: team-a}", "[" * 100_000)), 2, 206, "at most 200 deep"),
    (
        "aliases-of-aliases",
        "a: &a {x: 1}\n"
        + "".join(f"{b}: &{b} [{f'*{a}, ' * 40}]\n" for a, b in pairwise("abcdef")),
        1,
        4,
        "stand for too much",
    ),
    ("merge-of-text", edited(("{owner: team-a}", "{<<: text}")), 2, 8, "a list of mappings"),
]


@pytest.mark.parametrize(
    ("content", "line", "column", "words"),
    [pytest.param(*case[1:], id=case[0]) for case in UNREADABLE],
)
def test_an_unreadable_file_is_refused_at_the_place(
    refused: Callable[[str | bytes], ConfigError],
    content: str | bytes,
    line: int,
    column: int,
    words: str,
) -> None:
    error = refused(content)
    assert (error.problems[0].line, error.problems[0].column) == (line, column), str(error)
    assert words in str(error)


@pytest.mark.parametrize("name", ["absent.yaml", "."], ids=["missing", "folder"])
def test_a_file_that_cannot_be_opened_is_a_problem_without_a_line(
    tmp_path: Path, name: str
) -> None:
    with pytest.raises(ConfigError) as caught:
        load_platform(tmp_path / name)
    (problem,) = caught.value.problems
    assert problem.line is None
    assert "cannot be read" in problem.found
    assert str(tmp_path / name) in str(caught.value)


def test_a_name_that_stands_twice_does_not_hide_other_mistakes(
    refused: Callable[[str], ConfigError],
) -> None:
    error = refused(edited(("  prod:", "  local:"), ("memory_mb: 512", "memory_mb: 1")))
    assert [p.line for p in error.problems] == [9, 22]


def test_words_are_read_as_yaml_1_2_does(platform_file: Callable[..., Path]) -> None:
    text = edited(("mfa: required", "mfa: off"), ("title: Foods", "title: 2026-01-01"))
    platform = load_platform(platform_file(text.replace("  prod:", "  no:")))
    assert platform.environment("no").mfa == "off"
    assert platform.apis[0].title == "2026-01-01"


def test_anchors_and_merge_keys_work_and_own_fields_win(platform_file: Callable[..., Path]) -> None:
    text = edited(
        ("  local:", "  local: &base"),
        (
            '    account: "111111111111"\n    region: eu-central-1\n',
            "    <<: *base\n    region: eu-west-1\n",
        ),
    )
    prod = load_platform(platform_file(text)).environment("prod")
    assert (prod.account, prod.region, prod.build_for) == ("000000000000", "eu-west-1", "host")
    assert prod.plans == ("standard",)


def test_the_first_of_several_merged_mappings_wins(platform_file: Callable[..., Path]) -> None:
    text = edited(
        ("demo: {plans: [demo]}\n", "demo: &a {plans: [demo], enabled: true}\n"),
        ("{plans: [demo], enabled: false}", "&b {plans: [demo], enabled: false, description: old}"),
    )
    key = load_platform(platform_file(f"{text}  third: {{<<: [*a, *b]}}\n")).keys[2]
    assert (key.name, key.enabled, key.description) == ("third", True, "old")


def test_a_mistake_under_an_alias_is_reported_where_it_is_mended(
    refused: Callable[[str], ConfigError],
) -> None:
    error = refused(
        edited(
            ("  local:", "  local: &base"),
            ("us-east-1", "nowhere"),
            ("    region: eu-central-1\n", "    <<: *base\n"),
        )
    )
    assert [(p.line, p.path) for p in error.problems] == [
        (6, "environments.local.region"),
        (6, "environments.prod.region"),
    ]


@pytest.mark.parametrize(
    "content", ["\ufeff" + VALID, VALID.replace("\n", "\r\n")], ids=["byte-order-mark", "crlf"]
)
def test_what_windows_editors_write_is_read(
    platform_file: Callable[..., Path], content: str
) -> None:
    assert load_platform(platform_file(content)).project == "shop"
