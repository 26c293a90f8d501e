"""Saves are told, however an editor writes; what is no part of the platform is not."""

import os
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from watchfiles import Change

from local.inner_loop.saves import Saves, saved_names


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "lambda_src" / "foods").mkdir(parents=True)
    for name in ("platform.yaml", "Makefile", "lambda_src/foods/handler.py"):
        (tmp_path / name).write_text("1")
    return tmp_path


@pytest.fixture
def saves(root: Path) -> Iterator[Saves]:
    saves = Saves(root)
    yield saves
    saves.close()


def _next(saves: Saves) -> list[str]:
    found: list[str] = []
    waiter = threading.Thread(target=lambda: found.extend(saves.next()), daemon=True)
    waiter.start()
    waiter.join(timeout=30)
    return found


@pytest.mark.parametrize("name", ["platform.yaml", "lambda_src/foods/handler.py"])
def test_a_file_that_is_replaced_is_seen_each_time(root: Path, saves: Saves, name: str) -> None:
    for text in ("2", "3"):
        draft = root / "draft"
        draft.write_text(text)
        draft.replace(root / name)
        assert _next(saves) == [name]


def test_a_new_folder_is_looked_into(root: Path, saves: Saves) -> None:
    (root / "lambda_src" / "orders").mkdir()
    _next(saves)
    (root / "lambda_src" / "orders" / "handler.py").write_text("1")
    assert "lambda_src/orders/handler.py" in _next(saves)


def test_what_is_no_source_is_not_told(root: Path, saves: Saves) -> None:
    (root / "Makefile").write_text("2")
    (root / "lambda_src" / "foods" / "__pycache__").mkdir()
    (root / "lambda_src" / "foods" / "__pycache__" / "handler.pyc").write_text("")
    (root / "lambda_src" / "foods" / ".handler.py.swp").write_text("")
    (root / "platform.yaml").write_text("2")
    assert _next(saves) == ["platform.yaml"]


def test_what_came_and_went_was_not_saved(root: Path) -> None:
    handler, draft = (str(root / "lambda_src/foods" / name) for name in ("handler.py", "4913"))
    changes = [(Change.added, draft), (Change.deleted, draft), (Change.modified, handler)]
    assert saved_names(changes, root) == ["lambda_src/foods/handler.py"]


def test_what_was_removed_was_saved(root: Path) -> None:
    handler = root / "lambda_src/foods/handler.py"
    os.remove(handler)  # noqa: PTH107
    assert saved_names([(Change.deleted, str(handler))], root) == ["lambda_src/foods/handler.py"]
