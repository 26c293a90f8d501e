"""From a save to what is served, over and over."""

import tempfile
import time
from pathlib import Path
from typing import TypeVar

from botocore.exceptions import BotoCoreError, ClientError

from local.embedded_aws import EmbeddedAws, LocalError
from local.inner_loop.deployment import Deployment
from local.inner_loop.plan import Plan, plan
from local.inner_loop.resident import LostError, Resident
from local.inner_loop.saves import FILES, FOLDERS, Saves
from local.inner_loop.stack_update import DeploymentError
from local.inner_loop.tasks import Refused, bring_up, synthesise, write_outputs
from local.one_at_a_time import only_one
from local.outputs import read_outputs
from local.progress import Progress
from local.server_process import running

# A first synthesis may install a service's new lock; a first start bootstraps and deploys it all.
_SYNTHESIS_SECONDS = 120
_START_SECONDS = 600

Answer = TypeVar("Answer")


class RefusedError(Exception):
    """What was saved cannot be deployed. The text is the report."""


class Loop:
    """Keeps the embedded AWS of one folder at what is saved in it."""

    def __init__(
        self, root: Path, aws: EmbeddedAws, resident: Resident, progress: Progress
    ) -> None:
        self._root = root
        self._aws = aws
        self._resident = resident
        self._progress = progress
        self._deployment = Deployment(aws, progress)
        self._written: str | None = None

    def begin(self) -> None:
        """Bring the platform up, or to what is saved. Raises LocalError when it cannot start."""
        before = Plan(saved="What was saved before", afresh=False)
        try:
            if self._is_down():
                self._start()
        except (RefusedError, LostError) as error:
            self._report(before, str(error))
        else:
            self._attempt(before)
        names = ", ".join(sorted([*FOLDERS, *FILES]))
        self._progress.say(f"Watching {names}. Ctrl-C ends it.")

    def follow(self, saves: Saves) -> None:
        """Deploy save after save, until the process is interrupted."""
        while True:
            self._attempt(plan(saves.next()))

    def _attempt(self, wanted: Plan) -> None:
        begun = time.monotonic()
        try:
            done = self._deploy(wanted)
        except (RefusedError, DeploymentError, LocalError, LostError) as error:
            self._report(wanted, str(error))
        except (BotoCoreError, ClientError) as error:
            self._report(wanted, f"The embedded AWS did not do as it was asked: {error}")
        else:
            took = f"in {time.monotonic() - begun:.1f} s"
            what = f"{' and '.join(done)} deployed {took}" if done else f"nothing to deploy, {took}"
            self._progress.say(f"{wanted.saved}: {what}")
            self._write_outputs(done)

    def _deploy(self, wanted: Plan) -> list[str]:
        if wanted.afresh:
            self._resident.renew()
        if self._is_down():
            self._start()
        # Below the folder of the embedded AWS, so that a cut-off run leaves nothing elsewhere.
        with tempfile.TemporaryDirectory(dir=self._aws.folder, prefix="watch-") as folder:
            assembly = Path(folder)
            _accept(
                self._resident.run(_SYNTHESIS_SECONDS, synthesise, self._root, self._aws, assembly)
            )
            with only_one(self._aws.folder, wait=True):
                return self._deployment.run(assembly)

    def _is_down(self) -> bool:
        return running(self._aws.folder) is None or read_outputs(self._aws.folder) is None

    def _start(self) -> None:
        self._written = None
        _accept(self._resident.run(_START_SECONDS, bring_up, self._root, self._aws))

    def _write_outputs(self, done: list[str]) -> None:
        known = self._written if all(what.startswith("code of ") for what in done) else None
        try:
            self._written = _accept(
                self._resident.run(_SYNTHESIS_SECONDS, write_outputs, self._root, self._aws, known)
            )
        except (RefusedError, LocalError, LostError) as error:
            self._progress.say(f"outputs.json is not renewed: {error}")

    def _report(self, wanted: Plan, report: str) -> None:
        self._progress.say(f"{wanted.saved}: not deployed; what was deployed before still serves")
        print(f"\n{report}\n", flush=True)


def _accept(answer: Answer | Refused) -> Answer:
    if isinstance(answer, Refused):
        raise RefusedError(answer.report) if answer.in_sources else LocalError(answer.report)
    return answer
