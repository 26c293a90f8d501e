"""What `make fuzz` tells the check, from platform.yaml."""

from pathlib import Path

import pytest

from gatewright.config import load_platform
from local.cdk_cli import ROOT
from local.fuzz import arguments_for

PLATFORM = load_platform(ROOT / "platform.yaml")


def _told(environment: str, *given: str) -> dict[str, str]:
    words = arguments_for(PLATFORM, PLATFORM.environment(environment), given, Path("dist/openapi"))
    return dict(zip(words[::2], words[1::2], strict=True))


def test_it_calls_with_the_first_key_below_its_rate() -> None:
    assert _told("local") == {
        "--project": "gatewright",
        "--environment": "local",
        "--region": "us-east-1",
        "--documents": "dist/openapi",
        "--key": "demo",
        "--rate": "16",
    }


@pytest.mark.parametrize(
    ("given", "rate"), [(("--key", "tiny"), "4"), (("--key", "tiny", "--rate", "1"), "1")]
)
def test_what_is_given_counts(given: tuple[str, ...], rate: str) -> None:
    told = _told("local", *given, "--seed", "2")
    assert (told["--key"], told["--rate"], told["--seed"]) == ("tiny", rate, "2")


def test_without_a_key_it_goes_without() -> None:
    environment = PLATFORM.environment("local").model_copy(update={"plans": ()})
    words = arguments_for(PLATFORM, environment, (), Path("dist/openapi"))
    assert not {"--key", "--rate"} & set(words)
