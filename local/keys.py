"""`make keys`: the API keys of an environment, here or on AWS."""

import argparse
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from gatewright.config import (
    ConfigError,
    Environment,
    Platform,
    UnknownEnvironmentError,
    load_platform,
)
from gatewright.operations import key_changes
from gatewright.operations.api_keys import ApiKey, ApiKeyError, ApiKeys
from local import keys_report as report
from local.cdk_cli import ROOT
from local.embedded_aws import LocalError
from local.keys_arguments import parse
from local.progress import fail
from local.target import reach
from local.up import ENVIRONMENT, FOLDER
from stacks.platform import environment_tags

Answer = tuple[str, Any]
"""What to print for people, and what to print for programs."""


@dataclass(frozen=True, kw_only=True)
class Command:
    """What every command needs: the keys, and what platform.yaml says of them."""

    platform: Platform
    environment: Environment
    keys: ApiKeys
    now: datetime

    def list(self, _options: argparse.Namespace) -> Answer:
        found = self.keys.all()
        text = report.table(found, self.now) if found else "There are no API keys."
        return text, [report.record(key) for key in found]

    def issue(self, options: argparse.Namespace) -> Answer:
        if self._line(options.name):
            raise ApiKeyError(
                f"{self._line(options.name)} makes the key {options.name!r} where one of its plans "
                "is offered: deploy it, or choose another name."
            )
        issued = key_changes.issue(self.keys, options.name, options.plans, options.description)
        text = f"Issued {options.name} on {', '.join(issued.key.plans)}. Its value:\n{issued.value}"
        return text, report.issued_record(issued)

    def disable(self, options: argparse.Namespace) -> Answer:
        key = key_changes.set_enabled(self.keys, options.name, enabled=False)
        return f"Disabled {key.name}.{self._drift(key)}", report.record(key)

    def enable(self, options: argparse.Namespace) -> Answer:
        key = key_changes.set_enabled(self.keys, options.name, enabled=True)
        return f"Enabled {key.name}.{self._drift(key)}", report.record(key)

    def rotate(self, options: argparse.Namespace) -> Answer:
        issued = key_changes.rotate(self.keys, options.name, options.overlap, self.now)
        text = f"Rotated {issued.key.name}. The new key's value:\n{issued.value}"
        return f"{text}\n{self._after_rotation(issued.replaced)}", report.issued_record(issued)

    def retire(self, _options: argparse.Namespace) -> Answer:
        retired = key_changes.retire(self.keys, self.now)
        text = "\n".join(f"Disabled {key.name}." for key in retired)
        return text or "No key is past its time.", [report.record(key) for key in retired]

    def show(self, options: argparse.Namespace) -> Answer:
        key = self.keys.find(options.name)
        value = self.keys.value(key)
        return value, {**report.record(key), "value": value}

    def _after_rotation(self, old: ApiKey | None) -> str:
        if old is None or old.retires_at is None or not old.enabled:
            return f"The old one, now {old.name if old else ''}, is disabled."
        until = f"{report.moment(old.retires_at)} UTC"
        here = "" if self.environment.name == ENVIRONMENT else f" ENV={self.environment.name}"
        return (
            f"The old one, now {old.name}, is to be accepted until {until}. Nothing disables it by "
            f"itself: run `make keys{here} DO=retire` after that, by hand, from cron or a pipeline."
        )

    def _drift(self, key: ApiKey) -> str:
        """What to write down where a deployed key is no longer what platform.yaml says of it."""
        declared = [k for k in self.platform.keys if k.name == key.name]
        if not key.deployed or not declared or declared[0].enabled == key.enabled:
            return ""
        return (
            f" {self._line(key.name)} makes this key: write `enabled: {str(key.enabled).lower()}` "
            "there too, or a deployment may undo this."
        )

    def _line(self, name: str) -> str:
        """Where platform.yaml declares a key, or nothing."""
        declared = any(key.name == name for key in self.platform.keys)
        return self.platform.place(("keys", name)) if declared else ""


def run(arguments: Sequence[str] | None, folder: Path = FOLDER) -> str:
    """Do what the command line says, and return what to print."""
    options = parse(arguments)
    platform = load_platform(ROOT / "platform.yaml")
    environment = platform.environment(options.environment)
    command = Command(
        platform=platform,
        environment=environment,
        keys=environment_keys(platform, environment, reach(environment, folder).client),
        now=datetime.now(UTC),
    )
    text, data = getattr(command, options.command)(options)
    return json.dumps(data, indent=2) if options.json else text


def environment_keys(
    platform: Platform, environment: Environment, client: Callable[[str], Any]
) -> ApiKeys:
    """The keys of an environment; ``client`` makes boto3 clients of its account and region."""
    return ApiKeys(
        client("apigateway"),
        # As the stack of plans names them, so that all keys are called by their short names.
        prefix=f"{platform.project}-{environment.name}-plans-",
        tags=environment_tags(platform, environment),
    )


def main() -> None:
    """The command."""
    try:
        print(run(None), flush=True)
    except (ConfigError, UnknownEnvironmentError, LocalError, ApiKeyError) as error:
        fail(error)
    except (BotoCoreError, ClientError) as error:
        fail(LocalError(f"AWS could not be asked: {error}"))


if __name__ == "__main__":
    main()
