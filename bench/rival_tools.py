"""Where `make bench` installed the rivals, and which they are."""

import json
import subprocess
from pathlib import Path

from bench.commands import clean_environment
from bench.report import NotMeasuredError

FOLDER = Path(__file__).parent / "rivals"
_PYTHON_PACKAGES = ("chalice", "aws-sam-translator")


def python_tool(name: str) -> str:
    """A program of the rivals' virtual environment. Raises NotMeasuredError."""
    return _existing(FOLDER / ".venv" / "bin" / name)


def node_tool(name: str) -> str:
    """A program of the rivals' Node packages. Raises NotMeasuredError."""
    return _existing(FOLDER / "node_modules" / ".bin" / name)


def rival_environment() -> dict[str, str]:
    """An environment in which none of them calls home, asks, or finds an account."""
    return clean_environment(
        AWS_DEFAULT_REGION="us-east-1",
        AWS_ACCESS_KEY_ID="none",
        AWS_SECRET_ACCESS_KEY="none",  # noqa: S106
        SLS_TELEMETRY_DISABLED="1",
        SLS_NOTIFICATIONS_MODE="off",
    )


def rival_versions() -> dict[str, str]:
    """The installed rivals by name. Empty where they are not installed."""
    try:
        shown = subprocess.run(
            [python_tool("python"), "-c", _SHOW, *_PYTHON_PACKAGES],
            capture_output=True,
            text=True,
            check=True,
        )
    except NotMeasuredError:
        return {}
    lock = json.loads((FOLDER / "package.json").read_text())
    versions: dict[str, str] = json.loads(shown.stdout)
    return {**versions, **lock["devDependencies"]}


_SHOW = (
    "import json, sys; from importlib.metadata import version; "
    "print(json.dumps({name: version(name) for name in sys.argv[1:]}))"
)


def _existing(tool: Path) -> str:
    if not tool.exists():
        raise NotMeasuredError(f"{tool.name} is not installed; `make bench` installs it")
    return str(tool)
