"""A run of schemathesis, for one API, as a process of its own."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path

import gatewright
from gatewright.checks.artifact import Document
from gatewright.checks.errors import CheckError
from gatewright.checks.fuzz.configuration import configuration
from gatewright.checks.fuzz.events import read_events
from gatewright.checks.fuzz.findings import Outcome
from gatewright.checks.fuzz.operations import Operations
from gatewright.checks.fuzz.settings import RATE_VARIABLE, Settings
from gatewright.checks.report import without

# As tokens are good for an hour (AWS: AccessTokenValidity, IdTokenValidity), and so is a role.
_MOST_SECONDS = 55 * 60
_TAIL = 2000
# schemathesis's own: everything held, or something did not.
_RAN = (0, 1)


def run_schemathesis(
    document: Document,
    operations: Operations,
    settings: Settings,
    *,
    url: str,
    seconds: float,
    secrets: list[str],
) -> Outcome:
    """Run it, for ``seconds`` at most. None of ``secrets`` is in a file, an argument or a text.

    Raises CheckError where schemathesis did not come to its end.
    """
    if find_spec("schemathesis") is None:
        raise CheckError("schemathesis is not installed here: requirements-delivery.txt locks it.")
    with tempfile.TemporaryDirectory() as folder:
        events = Path(folder) / "events.ndjson"
        text, credentials = configuration(
            operations,
            url=url,
            examples=settings.examples,
            seed=settings.seed,
            events=str(events),
            accepting=settings.accepting,
        )
        (Path(folder) / "schemathesis.toml").write_text(text)
        # schemathesis looks for parameters by the names in braces; + is API Gateway's own.
        shown = json.dumps(document).replace("+}", "}")
        (Path(folder) / "openapi.json").write_text(shown)
        variables = _variables({**credentials, RATE_VARIABLE: str(settings.rate)})
        most = min(seconds, _MOST_SECONDS)
        output, status = _process(folder, settings.phases, variables, most)
        called = {label: bool(headers) for label, headers in operations.headers.items()}
        outcome = read_events(events, called) if events.exists() else None
    if outcome is None or not outcome.finished or status not in _RAN:
        raise CheckError(f"schemathesis failed:\n{without(output[-_TAIL:], secrets)}")
    return outcome


def _process(
    folder: str, phases: str, variables: Mapping[str, str], seconds: float
) -> tuple[str, int]:
    # --config-file comes before the command: it is an option of the program.
    command = [sys.executable, "-m", "schemathesis.cli", "--config-file", "schemathesis.toml"]
    command += ["run", "openapi.json", "--phases", phases]
    try:
        ended = subprocess.run(
            command,
            cwd=folder,
            env=variables,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=max(seconds, 1),
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise CheckError(
            f"It was not done in time, after {seconds:.0f} s: use fewer examples, or more minutes. "
            "One API may take 55 of them, since tokens are good for an hour."
        ) from None
    return ended.stdout, ended.returncode


def _variables(own: Mapping[str, str]) -> dict[str, str]:
    """The process environment: without credentials of AWS, which it has no use for."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("AWS_")}
    library = str(Path(gatewright.__file__).resolve().parents[1])
    return {**kept, **own, "PYTHONPATH": library, "PYTHONUTF8": "1"}
