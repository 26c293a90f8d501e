"""Old executions go: each holds its artifacts, which are many megabytes."""

import shutil
from collections.abc import Iterable
from pathlib import Path

KEPT = 10


def remove_old(executions: Path, needed: Iterable[Path]) -> None:
    """Remove all but the last executions, and those that hold a file that is ``needed``."""
    folders = sorted(
        (path for path in executions.glob("*") if path.is_dir()),
        key=lambda path: path.stat().st_mtime_ns,
    )
    held = {parent for file in needed for parent in file.parents}
    for folder in folders[:-KEPT]:
        if folder not in held:
            shutil.rmtree(folder, ignore_errors=True)
