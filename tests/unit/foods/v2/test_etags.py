"""RFC 9110, sections 8.8.3 (ETag) and 13.1.1 (If-Match)."""

import pytest

from foods.v2.etags import InvalidETagError, etag, revisions


@pytest.mark.parametrize(
    ("if_match", "admitted"),
    [
        ("*", None),
        (" * ", None),
        ('"a"', ("a",)),
        ('"a", "b"', ("a", "b")),
        ('"a","b" ,"c"', ("a", "b", "c")),
        ('W/"a"', ()),
        ('W/"a", "b"', ("b",)),
        ('"with,comma"', ("with,comma",)),
        ('""', ("",)),
    ],
)
def test_if_match(if_match: str, admitted: tuple[str, ...] | None) -> None:
    assert revisions(if_match) == admitted


@pytest.mark.parametrize(
    "if_match",
    ["", "a", '"a', 'a"', '"a" "b"', '"a",', '*, "a"', "'a'", '"a b"', ",".join(51 * ['"a"'])],
)
def test_what_is_no_list_of_tags(if_match: str) -> None:
    with pytest.raises(InvalidETagError, match="in quotes"):
        revisions(if_match)


def test_a_tag_leads_back_to_its_revision() -> None:
    assert revisions(etag("1f3a")) == ("1f3a",)
