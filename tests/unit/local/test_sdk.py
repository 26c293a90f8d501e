"""`make sdk` reads what it needs from platform.yaml."""

from gatewright.config import load_platform
from gatewright.sdk.settings import read_settings
from local.sdk import arguments_for
from tests.synthesis import ROOT


def test_the_arguments_are_those_that_the_generation_takes() -> None:
    platform = load_platform(ROOT / "platform.yaml")
    settings = read_settings(arguments_for(platform, ["--language", "python", "ruby"]))
    assert settings.documents == ROOT / "dist" / "openapi"
    assert settings.target == ROOT / "dist" / "sdk"
    assert settings.project == platform.project
    assert settings.languages == ("python", "ruby")
