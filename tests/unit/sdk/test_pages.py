"""README and changelog of each client, without generating it."""

from pathlib import Path

import pytest

from gatewright.sdk.client_names import ClientNames
from gatewright.sdk.document import ApiDocument
from gatewright.sdk.languages import LANGUAGES
from gatewright.sdk.names import names_of
from gatewright.sdk.packages.sources import Sources
from gatewright.sdk.pages import readme, write_pages
from tests.unit.sdk.documents import content, document, operation, signed_document

NAMES = [one.name for one in LANGUAGES]


def sources(language: str, found: ApiDocument, folder: Path = Path()) -> Sources:
    names = names_of(found, "gatewright", "")
    return Sources(document=found, names=names, client=ClientNames(language), folder=folder)


@pytest.mark.parametrize("language", NAMES)
def test_a_readme_says_how_to_install_call_and_authenticate(language: str) -> None:
    page = readme(sources(language, document()))
    assert "2.0.0" in page
    assert "## Install" in page
    assert "istFoods" in page or "list_foods" in page
    assert "`x-api-key: <key>`" in page
    assert "`Authorization: Bearer <token>`" in page
    assert "GatewayError" in page
    assert "(CHANGELOG.md)" in page
    assert "\n\n\n" not in page


@pytest.mark.parametrize("language", NAMES)
def test_a_readme_without_any_call_or_error_model(language: str) -> None:
    post = operation("create", requestBody={"content": {}}, responses={"200": {"description": ""}})
    page = readme(sources(language, document({"/a": {"post": post}})))
    assert "## Call" not in page
    assert "## Operations" in page


@pytest.mark.parametrize("language", NAMES)
def test_who_signs_and_who_does_not(language: str) -> None:
    page = readme(sources(language, signed_document()))
    assert ("setAWS4Configuration" in page) == (language in ("java", "android"))
    assert ("**It does not sign.**" in page) == (language not in ("java", "android"))


def test_a_token_is_shown_where_the_call_asks_for_one() -> None:
    found = ApiDocument("foods-v2", "2.0.0", content())
    found.content["paths"]["/foods"]["get"]["security"] = [{"api_key": [], "cognito": []}]
    page = readme(sources("python", found))
    assert 'configuration.api_key["api_key"] = os.environ["API_KEY"]' in page
    assert 'configuration.access_token = os.environ["ACCESS_TOKEN"]' in page


def test_the_changelog_is_the_callers_or_that_of_a_first_release(tmp_path: Path) -> None:
    given = sources("python", document(), tmp_path)
    write_pages(given, None)
    assert (tmp_path / "CHANGELOG.md").read_text() == (
        "# Changelog\n\n## 2.0.0\n\nThe first release.\n"
    )
    write_pages(given, "# Changes\n\n")
    assert (tmp_path / "CHANGELOG.md").read_text() == "# Changes\n"
