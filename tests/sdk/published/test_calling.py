"""The published clients, installed as their callers install them, call the deployed platform."""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from tests.local.target import Target
from tests.sdk.published import toolchains
from tests.sdk.published.publication import Publication
from tests.sdk.published.toolchains import PROGRAMS, Toolchain

_MAKERS: Mapping[str, Callable[[Publication, Path], Toolchain]] = {
    "python": toolchains.python,
    "typescript": toolchains.typescript,
    "javascript": toolchains.javascript,
    "java": toolchains.java,
    "ruby": toolchains.ruby,
}
_PROGRAMS = {
    "python": "caller.py",
    "typescript": "caller.ts",
    "javascript": "caller.cjs",
    "java": "Caller.java",
    "ruby": "caller.rb",
}
_URLS = {"foods-v1": "V1_URL", "foods-v2": "V2_URL"}


@pytest.fixture(scope="module", params=_MAKERS)
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def toolchain(
    language: str, publication: Publication, tmp_path_factory: pytest.TempPathFactory
) -> Toolchain:
    return _MAKERS[language](publication, tmp_path_factory.mktemp(language))


@pytest.fixture(scope="module")
def caller(target: Target) -> Iterator[dict[str, str]]:
    """Addresses and credentials, as process environments have them."""
    urls = {_URLS[api]: target.urls[api].rstrip("/") for api in _URLS}
    with target.key() as key, target.tokens(groups=["foods/write"]) as tokens:
        yield {**urls, "API_KEY": key, "IDENTITY": tokens.identity, "WRITER": tokens.access}


def test_it_gets_typed_answers_and_typed_errors(
    language: str, toolchain: Toolchain, caller: dict[str, str]
) -> None:
    program = PROGRAMS / _PROGRAMS[language]
    met = json.loads(toolchain.run(program.stem, program.read_text(), caller))
    v1, v2 = met["v1"], met["v2"]
    assert v1["listed"] in ("hamburger", "hotdog")
    assert (v1["accepted"], v1["level"]) == ("ok", "yes")
    assert (v2["created"], v2["replaced"], v2["page"]) == ("201", "7", "[7]")
    assert "hamburger" in v1["400"]
    assert v1["401"] == "Unauthorized"
    assert v2["403"] == "Forbidden"
    assert v2.keys() >= {"403", "404", "412"}


@pytest.mark.parametrize("api", _URLS)
def test_the_call_of_its_readme_works_as_it_stands(
    api: str, language: str, toolchain: Toolchain, publication: Publication, caller: dict[str, str]
) -> None:
    version = publication.latest(api)["info"]["version"]
    readme = publication.read(f"sdks/{api}/{version}/{language}/README.md").decode()
    [call] = re.findall(rf"^```{language}\n(.*?)^```", readme, re.S | re.M)
    name = "Call" if language == "java" else f"call_{api.replace('-', '_')}"
    said = toolchain.run(name, call, {**caller, "API_URL": caller[_URLS[api]]})
    assert re.search("hotdog|hamburger|foods", said, re.I), said
