"""What a run is told on its command line."""

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from gatewright.checks.environment import Place

SEED = 1
"""The same seed gives the same requests, so a release is refused for itself and not by chance."""

RATE_VARIABLE = "FUZZ_RATE"
"""The variable that tells the rate to what schemathesis loads."""

PHASES = ("examples", "coverage", "fuzzing", "stateful")
"""The phases of schemathesis: its documentation, "Test Phases"."""

EXAMPLES = 20
RATE = 10.0
MINUTES = 30


@dataclass(frozen=True, kw_only=True)
class Settings:
    """Where, with what, and how much.

    ``key`` is the name of an API key of the environment, or empty; ``rate`` the requests a second
    that are not exceeded; ``documents`` the folder of the OpenAPI documents, ``<api>.json``;
    ``accepting`` says that the backends refuse nothing that their contracts accept; ``phases``
    are the ones of schemathesis that are run; ``report`` is the file for programs.
    """

    place: Place
    key: str
    examples: int
    seed: int
    rate: float
    minutes: int
    documents: Path
    accepting: bool
    phases: str
    report: Path | None

    @property
    def words(self) -> str:
        """The options that give the same requests again."""
        key = f"--key {self.key} " if self.key else ""
        more = " --accepting" if self.accepting else ""
        more += "" if self.phases == ",".join(PHASES) else f" --phases {self.phases}"
        return f"{key}--examples {self.examples} --seed {self.seed}{more}"


def read_settings(arguments: Sequence[str] | None) -> Settings:
    """Read the command line; `--help` and mistakes end the program, as argparse does it."""
    found = vars(_parser().parse_args(arguments))
    where = {name: found.pop(name) for name in ("project", "environment", "region", "role")}
    return Settings(place=Place(**where, execution="fuzz", name=""), **found)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m gatewright.checks.fuzz",
        description="Sends generated requests to the APIs of an environment, and checks what they "
        "answer against their documents. It leaves what it creates.",
    )
    add = parser.add_argument
    add("--project", required=True, help="the project of platform.yaml")
    add("--environment", required=True, help="the environment's name")
    add("--region", required=True, help="the environment's region")
    add("--role", default="", help="the ARN of a role to reach the environment with")
    add("--key", default="", help="the API key of `keys` to call with; default: none")
    add("--examples", type=_whole, default=EXAMPLES, help="requests generated for each operation")
    add("--seed", type=int, default=SEED, help="what the requests follow from")
    add("--rate", type=_above_zero, default=RATE, help="requests a second, below the key's own")
    add("--minutes", type=_whole, default=MINUTES, help="after which it has failed")
    add("--documents", type=Path, required=True, help="the folder of the documents, <api>.json")
    add(
        "--accepting",
        action="store_true",
        help="the backends refuse nothing that the documents accept: check that, too",
    )
    add("--phases", type=_phases, default=",".join(PHASES), help="default: %(default)s")
    add("--report", type=Path, help="a file for what was found, as JSON")
    return parser


def _whole(text: str) -> int:
    if not text.isascii() or not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number above zero")
    return int(text)


def _phases(text: str) -> str:
    unknown = [name for name in text.split(",") if name not in PHASES]
    if unknown:
        raise argparse.ArgumentTypeError(f"{unknown[0]!r} is none of {', '.join(PHASES)}")
    return text


def _above_zero(text: str) -> float:
    try:
        number = float(text)
    except ValueError:
        number = 0
    if not 0 < number < float("inf"):
        raise argparse.ArgumentTypeError(f"{text!r} is not a number above zero")
    return number
