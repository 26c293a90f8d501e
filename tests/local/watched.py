"""A platform under `make watch`: its files, its embedded AWS, and what is served."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx

from local.embedded_aws import EmbeddedAws
from local.inner_loop.observed import Watcher, seconds_until
from local.outputs import read_outputs
from tests.synthesis import change_text


class Watched:
    """A copy of the platform that is watched."""

    def __init__(self, root: Path, aws: EmbeddedAws, watcher: Watcher) -> None:
        self.root, self.aws, self.watcher = root, aws, watcher
        self._before = 0

    @property
    def outputs(self) -> dict[str, Any]:
        found = read_outputs(self.aws.folder)
        assert found is not None
        return found

    def url(self, api: str = "foods-v1") -> str:
        return str(self.outputs["apis"][api]["url"])

    def foods(self) -> object:
        """The list of foods, or the status if it is no 200."""
        key = {"x-api-key": self.outputs["demo"]["api_key"]}
        response = httpx.get(f"{self.url()}list_foods", headers=key, timeout=30)
        return response.json() if response.status_code == 200 else response.status_code

    def serves(self, foods: list[str]) -> float:
        """Wait until they are served. How many seconds it took."""
        return seconds_until(lambda: self.foods() == foods)

    def save(self, file: Path, old: str, new: str) -> None:
        self._before = len(self.watcher.said)
        change_text(self.root / file, old, new)

    def save_as(self, file: Path, text: str) -> None:
        self._before = len(self.watcher.said)
        (self.root / file).write_text(text)

    def said(self, text: str) -> str:
        """What the watcher has said since the last save, once ``text`` is in it."""
        self.watcher.wait_for(text, after=self._before)
        return self.watcher.said[self._before :]

    @contextmanager
    def saved(self, file: Path, old: str, new: str) -> Iterator[None]:
        """Save a change, and save the file as it was afterwards."""
        text = (self.root / file).read_text()
        self.save(file, old, new)
        try:
            yield
        finally:
            self.save_as(file, text)
