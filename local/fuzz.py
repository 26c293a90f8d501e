"""`make fuzz`: generated requests to an environment, here or on AWS."""

import argparse
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from botocore.exceptions import BotoCoreError, ClientError

from gatewright.config import (
    ConfigError,
    Environment,
    Platform,
    UnknownEnvironmentError,
    load_platform,
)
from local.cdk_cli import ROOT
from local.embedded_aws import LocalError
from local.progress import fail
from local.target import Target, reach
from local.up import ENVIRONMENT, FOLDER

PYTHON = ROOT / ".gatewright" / "delivery" / "bin" / "python"
"""The Python of the environment that `requirements-delivery.txt` locks."""

_SHARE_OF_RATE = 0.8


def arguments_for(
    platform: Platform, environment: Environment, given: Sequence[str], documents: Path
) -> list[str]:
    """The arguments of `gatewright.checks.fuzz`; what is ``given`` goes before what is found.

    Without a key, the first one that the environment accepts; without a rate, four fifths of what
    that key may send.
    """
    parser = argparse.ArgumentParser(add_help=False)
    parser.add_argument("--key")
    known, _ = parser.parse_known_args(list(given))
    key = known.key or next((k.name for k in platform.keys_of(environment) if k.enabled), None)
    found = {
        "--project": platform.project,
        "--environment": environment.name,
        "--region": environment.region,
        "--documents": str(documents),
        **({"--key": key} if key else {}),
    }
    limits = _limits(platform, environment, key)
    if limits:
        found["--rate"] = f"{_SHARE_OF_RATE * min(limits):g}"
    return [*(word for pair in found.items() for word in pair), *given]


def _limits(platform: Platform, environment: Environment, key: str | None) -> list[float]:
    plans = {name for k in platform.keys_of(environment) if k.name == key for name in k.plans}
    on = [plan for plan in platform.plans_of(environment) if plan.name in plans]
    return [float(plan.rate) for plan in on] + [
        float(limit.rate) for plan in on for limit in plan.methods
    ]


def run_fuzz(target: Target, arguments: Sequence[str]) -> int:
    """Run it with the Python that has schemathesis, and return how it ended."""
    variables = {**target.variables, "PYTHONPATH": str(ROOT / "constructs")}
    command = [str(PYTHON), "-m", "gatewright.checks.fuzz", *arguments]
    return subprocess.run(command, env=variables, check=False).returncode


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
    parser.add_argument("--environment", default=ENVIRONMENT)
    options, given = parser.parse_known_args()
    try:
        platform = load_platform(ROOT / "platform.yaml")
        environment = platform.environment(options.environment)
        target = reach(environment, FOLDER)
    except (ConfigError, UnknownEnvironmentError, LocalError) as error:
        fail(error)
    except (BotoCoreError, ClientError) as error:
        fail(LocalError(f"AWS could not be asked: {error}"))
    documents = ROOT / "dist" / "openapi"
    sys.exit(run_fuzz(target, arguments_for(platform, environment, given, documents)))


if __name__ == "__main__":
    main()
