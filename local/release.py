"""`make release-...`: what an environment serves, and moving it, here or on AWS."""

import argparse
import getpass
import json
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from gatewright.canary.progress import progress
from gatewright.canary.record import RECORD, path, read
from gatewright.config import (
    ApiConfig,
    ConfigError,
    Environment,
    Platform,
    UnknownEnvironmentError,
    load_platform,
)
from gatewright.nearest import did_you_mean
from gatewright.operations.deployed import NotDeployedError
from gatewright.operations.release_moves import end_bake, go_back
from gatewright.operations.release_reading import retained
from gatewright.operations.releases import Release, ReleaseError, Retained, previous
from gatewright.operations.sweeping import SERVICES, sweep
from local import release_report as report
from local.cdk_cli import ROOT
from local.embedded_aws import LocalError
from local.progress import fail
from local.release_arguments import parse
from local.release_sweep import pinned_by, stacks_of
from local.target import reach
from local.up import ENVIRONMENT, FOLDER

_SERVICES = (*SERVICES, "ssm")
_SILENT_SECONDS = 120
_EXPECTED = (ConfigError, UnknownEnvironmentError, NotDeployedError, ReleaseError, LocalError)


@dataclass(frozen=True, kw_only=True)
class Command:
    """What every command needs."""

    platform: Platform
    environment: Environment
    root: Path
    client: Mapping[str, Any]
    say: Callable[[str], None]

    def status(self, options: argparse.Namespace) -> None:
        """What is served, and what is on its way."""
        found = [line for api in self._apis(options.api) for line in self._status(api)]
        if options.json:
            self.say(json.dumps(found, indent=2))
            return
        for each in found:
            serving = Release(deployment_id=each["deployment"], alias=each["alias"])
            self.say(
                report.status(each["api"], each["stage"], serving, each["canary"], each["release"])
            )
            self.say(report.kept(each["kept"], is_drifted=each["drifted"]))

    def promote(self, options: argparse.Namespace) -> None:
        """End a bake as healthy."""
        self._end(options)

    def abort(self, options: argparse.Namespace) -> None:
        """End a bake and have the release rolled back."""
        self._end(options)

    def rollback(self, options: argparse.Namespace) -> None:
        """Serve an earlier release, at once."""
        [api] = self._apis(options.api)
        stage, found = self._stage(api, options.stage), self._retained(api)
        record = read(self.client["ssm"], f"{self._parameter(api, stage)}/{RECORD}")
        # A controller that does not run any more writes no record, and is not waited for.
        is_watched = time.time() - record.get("updated", 0) < _SILENT_SECONDS
        if record.get("state") in ("waiting", "baking") and is_watched:
            raise ReleaseError(
                f"a release of {api.api_name} is on its way: end it by `make release-abort "
                f"API={api.api_name}`. Nothing was changed."
            )
        serving = found.serving(stage)
        to = _named(found, options.to) if options.to else previous(found.releases, serving)
        if to == serving:
            self.say(f"{api.api_name} {stage} serves {to} already; nothing was changed.")
            return
        self._agreed(options, f"{api.api_name} {stage} of {self.environment.name} from {serving}")
        go_back(self.client["apigateway"], self.client["lambda"], found, stage, to)
        self.say(
            f"{api.api_name} {stage} serves {to}, and no longer {serving}.\n"
            f"CloudFormation does not know: to it, {serving.alias or serving.deployment_id} is "
            f"served. {report.REVERT}"
        )

    def sweep(self, options: argparse.Namespace) -> None:
        """Remove what nobody can go back to any more."""
        told = sweep(
            stacks_of(self.platform, self.environment, self._apis(options.api)),
            self.client,
            keep=options.keep or self.environment.keep_releases,
            pinned=pinned_by(self.root, self.environment),
            dry_run=options.dry_run,
        )
        for _, line in told:
            self.say(line)

    def _end(self, options: argparse.Namespace) -> None:
        [api] = self._apis(options.api)
        stage = self._stage(api, options.stage)
        record = end_bake(
            self.client["ssm"],
            self._parameter(api, stage),
            options.command,
            getpass.getuser(),
            told=lambda record: self.say(f"  {progress(record)}"),
        )
        self.say(f"{api.api_name} {stage}: {progress(record)}")

    def _status(self, api: ApiConfig) -> Iterator[dict[str, Any]]:
        found = self._retained(api)
        for stage, settings in found.stages.items():
            serving = found.serving(stage)
            record = read(self.client["ssm"], f"{self._parameter(api, stage)}/{RECORD}")
            canary = settings.get("canarySettings") or {}
            yield {
                "api": api.api_name,
                "stage": stage,
                "deployment": serving.deployment_id,
                "alias": serving.alias,
                "canary": float(canary.get("percentTraffic") or 0),
                "release": dict(record),
                "drifted": self._drifted(api, stage, found),
                "kept": [
                    report.kept_record(found, release) for release in reversed(found.releases)
                ],
            }

    def _drifted(self, api: ApiConfig, stage: str, found: Retained) -> bool:
        """Whether somebody went back, and nothing was deployed since; a promotion is none."""
        promoted = stage in api.stages and api.stages[stage].release != "newest"
        return not promoted and not found.agrees(found.serving(stage))

    def _apis(self, name: str | None) -> list[ApiConfig]:
        known = {api.api_name: api for api in self.platform.apis}
        if name is not None and name not in known:
            guess = did_you_mean(name, list(known)) or f"there are {', '.join(known)}."
            raise ReleaseError(f"there is no API {name!r}; {guess}")
        return [known[name]] if name else list(known.values())

    def _stage(self, api: ApiConfig, name: str | None) -> str:
        stages = list(api.stages) or ["live"]
        if name is not None and name not in stages:
            raise ReleaseError(f"{api.api_name} has no stage {name!r}; it has {', '.join(stages)}.")
        return name or stages[0]

    def _retained(self, api: ApiConfig) -> Retained:
        [stack] = stacks_of(self.platform, self.environment, [api]).values()
        return retained(self.client, stack)

    def _parameter(self, api: ApiConfig, stage: str) -> str:
        where = (self.platform.project, self.environment.name, api.api_name)
        return path(*where, stage if api.stages else "")

    def _agreed(self, options: argparse.Namespace, what: str) -> None:
        if options.yes or self.environment.name == ENVIRONMENT:
            return
        if not sys.stdin.isatty():
            raise ReleaseError(f"add ARGS=--yes to move {what}. Nothing was changed.")
        if input(f"Move {what}? Write its name, {self.environment.name}: ") != (
            self.environment.name
        ):
            raise ReleaseError("it was not confirmed. Nothing was changed.")


def _named(found: Retained, alias: str) -> Release:
    for release in reversed(found.releases):
        if release.alias == alias:
            return release
    kept = ", ".join(release.alias for release in found.releases) or "none"
    raise ReleaseError(f"there is no release {alias!r}; there are {kept}. Nothing was changed.")


def run(
    options: argparse.Namespace,
    root: Path = ROOT,
    folder: Path = FOLDER,
    say: Callable[[str], None] = print,
) -> None:
    """Carry out one command. Raises ReleaseError, and those of platform.yaml and reaching AWS."""
    platform = load_platform(root / "platform.yaml")
    environment = platform.environment(options.environment)
    reached = reach(environment, folder)
    command = Command(
        platform=platform,
        environment=environment,
        root=root,
        client={name: reached.client(name) for name in _SERVICES},
        say=say,
    )
    getattr(command, options.command)(options)


def main(arguments: Sequence[str] | None = None) -> None:
    """The command."""
    options = parse(arguments)
    try:
        run(options)
    except _EXPECTED as error:
        fail(error)
    except (BotoCoreError, ClientError) as error:
        fail(ReleaseError(f"AWS refused: {error}"))


if __name__ == "__main__":
    main()
