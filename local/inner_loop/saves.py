"""What was saved, told once for a burst of writes."""

import queue
import threading
from collections.abc import Iterable
from pathlib import Path

from watchfiles import Change, DefaultFilter, watch

FILES = ("app.py", "cdk.json", "platform.yaml")
FOLDERS = ("constructs", "lambda_src", "stacks")

# How long a burst may pause and still be one; what a save waits at most before it is told.
_PAUSE_MS = 40
_BURST_MS = 400
_READY_MS = 200

_Changes = set[tuple[Change, str]]


class Saves:
    """The changes of the files that a platform is made of, from the moment this is made.

    The root is looked at without what is below it: editors replace a file when they save it,
    and a watch on the file itself would stay with the one that is gone.
    """

    def __init__(self, root: Path) -> None:
        self._root = root.resolve()
        self._queue: queue.SimpleQueue[_Changes] = queue.SimpleQueue()
        self._ended = threading.Event()
        folders = [self._root / name for name in FOLDERS if (self._root / name).is_dir()]
        self._follow([self._root], recursive=False)
        self._follow(folders, recursive=True)

    def next(self) -> list[str]:
        """Wait for a save. The names, below the root, of all that was saved since the last."""
        while True:
            changes = self._queue.get()
            while not self._queue.empty():
                changes |= self._queue.get()
            if names := saved_names(changes, self._root):
                return names

    def close(self) -> None:
        """End looking."""
        self._ended.set()

    def _follow(self, paths: list[Path], *, recursive: bool) -> None:
        ready = threading.Event()

        def follow() -> None:
            for changes in watch(
                *paths,
                watch_filter=DefaultFilter(),
                debounce=_BURST_MS,
                step=_PAUSE_MS,
                stop_event=self._ended,
                rust_timeout=_READY_MS,
                # The first time-out says that the system has begun to look.
                yield_on_timeout=True,
                recursive=recursive,
            ):
                ready.set()
                if changes:
                    self._queue.put(changes)

        threading.Thread(target=follow, daemon=True).start()
        ready.wait()


def saved_names(changes: Iterable[tuple[Change, str]], root: Path) -> list[str]:
    """The names below ``root`` of what belongs to the platform, sorted.

    What came and went, as editors' drafts do, was not saved.
    """
    changes = list(changes)
    added = {path for change, path in changes if change == Change.added}
    gone = {path for path in added if not Path(path).exists()}
    names = {Path(path).relative_to(root).as_posix() for _change, path in changes}
    gone_names = {Path(path).relative_to(root).as_posix() for path in gone}
    return sorted(name for name in names - gone_names if _belongs(name))


def _belongs(name: str) -> bool:
    return name in FILES or (name.partition("/")[0] in FOLDERS and "/" in name)
