"""Two deployments to one embedded AWS at once would undo each other, and so would two servers."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from local.embedded_aws import LocalError

_BUSY = (
    "Another `make up`, or `make watch` with what was just saved, works on this folder. "
    "Wait until it has ended."
)


@contextmanager
def only_one(folder: Path, *, wait: bool = False, busy: str = _BUSY) -> Iterator[None]:
    """Hold the folder's lock, of a deployment for example; it goes with the process.

    Raises LocalError with the text ``busy`` while another process holds it, unless told to
    ``wait`` for that one.
    """
    with _locked(folder / "lock", 0 if wait else fcntl.LOCK_NB, busy):
        yield


@contextmanager
def only_watcher(folder: Path) -> Iterator[None]:
    """Hold the folder's place for one watcher. Raises LocalError when there is one."""
    with _locked(folder / "watch.lock", fcntl.LOCK_NB, "Another `make watch` watches this folder."):
        yield


@contextmanager
def _locked(file: Path, wait: int, busy: str) -> Iterator[None]:
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | wait)
        except OSError:
            raise LocalError(busy) from None
        yield
