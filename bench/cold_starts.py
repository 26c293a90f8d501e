"""Cold starts: an unzipped bundle, a fresh interpreter, and nothing else to import from."""

import compileall
import importlib.metadata
import json
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from bench.commands import clean_environment
from bench.report import NotMeasuredError

_PROBE = Path(__file__).parent / "probe.py"
# What Lambda's Python runtimes have beside a function. AWS: "Runtime-included SDK versions".
_RUNTIME = ("boto3", "botocore", "s3transfer", "jmespath", "python-dateutil", "six", "urllib3")
_TAIL = 300
# A request whose trace is kept, so that what tracing costs is counted. AWS: "Tracing header".
_SAMPLED = "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1"
Event = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class ColdStart:
    """What one fresh interpreter took, in seconds: ``warm`` holds the events after the first."""

    imported: float
    first: float
    warm: tuple[float, ...]

    @property
    def served(self) -> float:
        """From nothing to the first answer."""
        return self.imported + self.first


@dataclass(frozen=True, kw_only=True)
class Function:
    """An unzipped bundle, what is beside it, and the handler in it (``module.attribute``)."""

    path: tuple[Path, ...]
    handler: str
    variables: Mapping[str, str]

    def start(self, events: Sequence[Event], work: Path) -> ColdStart:
        """Answer ``events``, of which the first is cold. Raises NotMeasuredError."""
        job, answer = work / "job.json", work / "answer.json"
        path = [str(folder) for folder in self.path]
        job.write_text(json.dumps({"path": path, "handler": self.handler, "events": list(events)}))
        ran = subprocess.run(
            [sys.executable, "-I", "-S", "-B", str(_PROBE), str(job), str(answer)],
            env=self._environment(),
            capture_output=True,
            text=True,
            check=False,
        )
        if ran.returncode != 0:
            raise NotMeasuredError(f"{self.handler} failed: {ran.stderr.strip()[-_TAIL:]}")
        found = json.loads(answer.read_text())
        if any(not 200 <= status < 300 for status in found["statuses"]):
            raise NotMeasuredError(f"{self.handler} answered {found['statuses']}")
        return ColdStart(imported=found["import"], first=found["first"], warm=tuple(found["warm"]))

    def _environment(self) -> dict[str, str]:
        """What Lambda sets. Without a task root, the X-Ray SDK makes itself a client (0.1 s)."""
        return clean_environment(
            **self.variables, LAMBDA_TASK_ROOT=str(self.path[0]), _X_AMZN_TRACE_ID=_SAMPLED
        )


def unzipped(bundle: Path, folder: Path, *, byte_code: bool = True) -> Path:
    """The files of a bundle, compiled or as they are."""
    with ZipFile(bundle) as archive:
        archive.extractall(folder)
    if byte_code:
        compileall.compile_dir(folder, quiet=2)
    return folder


def lambda_runtime(folder: Path) -> Path:
    """A folder with what Lambda's runtime has beside a function: the SDK, from this environment."""
    for name in _RUNTIME:
        distribution = importlib.metadata.distribution(name)
        for top in {file.parts[0] for file in distribution.files or ()}:
            installed = Path(str(distribution.locate_file(top)))
            if top.endswith((".dist-info", "..", "__pycache__")) or not installed.exists():
                continue
            target = folder / top
            folder.mkdir(parents=True, exist_ok=True)
            shutil.copytree(installed, target) if installed.is_dir() else shutil.copy(
                installed, target
            )
    compileall.compile_dir(folder, quiet=2)
    return folder
