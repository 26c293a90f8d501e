"""The table of languages."""

import pytest

from gatewright.sdk.errors import SdkError
from gatewright.sdk.generator import TEMPLATES
from gatewright.sdk.languages import LANGUAGES, Language, language
from gatewright.sdk.names import names_of
from gatewright.sdk.packages import BUILDERS
from tests.unit.sdk.documents import document, signed_document

EIGHT = ["android", "java", "javascript", "objc", "python", "ruby", "swift", "typescript"]


def test_there_are_eight_and_each_has_its_packages_and_pages() -> None:
    assert sorted(one.name for one in LANGUAGES) == EIGHT
    assert sorted(BUILDERS) == EIGHT
    pages = TEMPLATES.parent / "pages"
    assert sorted(page.name.split(".")[0] for page in pages.glob("*.md.j2")) == EIGHT


@pytest.mark.parametrize("one", LANGUAGES, ids=lambda one: one.name)
def test_options_are_filled_in_with_name_and_version(one: Language) -> None:
    options = one.options_for(document(), names_of(document(), "gatewright", ""))
    assert "2.0.0" in options.values()
    assert not [text for text in options.values() if "{" in text]
    assert one.why


@pytest.mark.parametrize("one", LANGUAGES, ids=lambda one: one.name)
def test_what_is_added_has_a_template(one: Language) -> None:
    for template in one.added:
        assert list((TEMPLATES / one.folder).rglob(template))


def test_only_java_and_android_sign_and_only_where_the_document_says_so() -> None:
    signing = {
        (one.name, found.signed)
        for one in LANGUAGES
        for found in (document(), signed_document())
        if "withAWSV4Signature" in one.options_for(found, names_of(found, "gatewright", ""))
    }
    assert signing == {("java", True), ("android", True)}


def test_an_unknown_one() -> None:
    with pytest.raises(SdkError, match=r"no language 'pyhton'\n  remedy: did you mean 'python'\?"):
        language("pyhton")
    with pytest.raises(SdkError, match="remedy: write one of python, typescript"):
        language("cobol-85")
