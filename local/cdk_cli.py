"""The ordinary CDK CLI, pointed at an AWS by its process environment."""

import os
import re
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from local.embedded_aws import LocalError

ROOT = Path(__file__).parent.parent
_CLI = ROOT / "node_modules" / ".bin" / "cdk"
# The CLI's lines about a whole stack: it starts, it is done, it failed.
_STACK_LINE = re.compile(r": (deploying|destroying)|[✅❌]")
_TAIL = 25


def run_cdk(
    arguments: Sequence[str],
    *,
    variables: Mapping[str, str],
    log: Path,
    say: Callable[[str], None],
    folder: Path = ROOT,
) -> None:
    """Run the CLI; its whole output goes to ``log``, its lines about stacks to ``say``.

    It synthesises the app that it finds in ``folder``, if there is one, to ``cdk.out`` beside
    ``log``: what somebody else synthesises in ``folder`` meanwhile is not in its way. Raises
    LocalError with the end of the output when it fails.
    """
    log.parent.mkdir(parents=True, exist_ok=True)
    output = ("--output", str(log.parent / "cdk.out"))
    lines: list[str] = []
    with log.open("w") as file, _start([*arguments, *output], variables, folder) as process:
        assert process.stdout is not None  # noqa: S101
        for line in process.stdout:
            file.write(line)
            lines.append(line.rstrip())
            if _STACK_LINE.search(line):
                say("  " + line.strip())
    if process.returncode != 0:
        raise LocalError(f"cdk {arguments[0]} failed. {_reason(lines)}\nThe whole output: {log}")


def _start(
    arguments: Sequence[str], variables: Mapping[str, str], folder: Path
) -> subprocess.Popen[str]:
    if not _CLI.exists():
        raise LocalError("The CDK CLI is not installed. `make setup` installs it.")
    tools = str(Path(sys.executable).parent)
    return subprocess.Popen(
        [str(_CLI), *arguments, "--no-notices", "--ci"],
        cwd=folder,
        env={
            **variables,
            "PATH": f"{tools}{os.pathsep}{variables['PATH']}",
        },
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def _reason(lines: Sequence[str]) -> str:
    failed = [line.strip() for line in lines if "_FAILED" in line or "❌" in line]
    shown = failed or [line for line in lines if line.strip()][-_TAIL:]
    return "What it said:\n" + "\n".join(f"  {line}" for line in shown[-_TAIL:])
