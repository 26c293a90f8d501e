"""Changelogs grow on top."""

from gatewright.publish.changelog import stacked


def test_the_first_section_is_below_the_title() -> None:
    assert stacked("## 1.0.0\n\nThe first release.\n", "1.0.0", "") == (
        "# Changelog\n\n## 1.0.0\n\nThe first release.\n"
    )


def test_a_new_section_is_above_the_earlier_ones() -> None:
    earlier = stacked("## 1.0.0\n\n### Added\n\n- a\n", "1.0.0", "")
    assert stacked("## 1.1.0\n\n- b\n", "1.1.0", earlier) == (
        "# Changelog\n\n## 1.1.0\n\n- b\n\n## 1.0.0\n\n### Added\n\n- a\n"
    )


def test_a_section_of_the_same_version_gives_way() -> None:
    earlier = stacked("## 1.1.0\n\n- half\n", "1.1.0", stacked("## 1.0.0", "1.0.0", ""))
    text = stacked("## 1.1.0\n\n- whole\n", "1.1.0", earlier)
    assert "half" not in text
    assert text.count("## 1.1.0") == 1
    assert text.endswith("## 1.0.0\n")
