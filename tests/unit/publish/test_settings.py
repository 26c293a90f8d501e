"""The command line."""

import pytest

from gatewright.publish.settings import Repository, read_settings

NEEDED = ["--project", "shop", "--to", "s3://shop/", "--execution", "one"]


def test_without_languages_all_are_published_and_with_none_none_is() -> None:
    assert len(read_settings(NEEDED).languages) == 8
    assert read_settings([*NEEDED, "--language"]).languages == ()
    assert read_settings([*NEEDED, "--language", "ruby", "ruby"]).languages == ("ruby",)


def test_a_place_has_no_slash_at_its_end() -> None:
    assert read_settings(NEEDED).to == "s3://shop"


def test_indexes_are_told_by_kind() -> None:
    settings = read_settings([*NEEDED, "--npm", "https://n.example", "--maven", "file:///m"])
    assert settings.indexes == {"npm": "https://n.example", "maven": "file:///m"}
    told = read_settings([*NEEDED, "--codeartifact", "shop/clients", "--codeartifact-owner", "1"])
    assert told.codeartifact == Repository(domain="shop", name="clients", owner="1")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--language", "pyton"], "did you mean 'python'"),
        (["--codeartifact", "shop"], "write it as <domain>/<repository>"),
        (["--codeartifact", "a/b", "--npm", "https://n.example"], "name one of them"),
        (["--codeartifact-owner", "1"], "Name --codeartifact too"),
        (["--execution", "../latest"], "is not letters, digits"),
        (["--execution", "latest"], "where the newest documents are"),
        *((["--to", place], "neither s3://<bucket> nor a folder") for place in ("", "/", "s3:/b")),
    ],
)
def test_a_mistake_is_told(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        read_settings([*NEEDED, *arguments])
    assert said in capsys.readouterr().err
