"""One execution at a time on this machine: two would deploy over each other."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from local.one_at_a_time import only_one
from local.rehearsal.run import now


@contextmanager
def only_rehearsal(folder: Path, what: str) -> Iterator[None]:
    """Hold the folder for the rehearsal of ``what``. Raises LocalError that says what runs."""
    file = folder / "running.json"
    with only_one(folder, busy=_busy(file)):
        began = f"{now().astimezone():%H:%M:%S}"
        file.write_text(json.dumps({"what": what, "began": began}))
        try:
            yield
        finally:
            file.unlink(missing_ok=True)


def _busy(file: Path) -> str:
    try:
        running = json.loads(file.read_text())
        what = f"Another `make rehearse` runs {running['what']} since {running['began']}."
    except (OSError, ValueError, KeyError):
        what = "Another `make rehearse` has just begun."
    return f"{what} Wait until it has ended, or end it with Ctrl-C where it runs."
