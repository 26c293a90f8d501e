"""Asking on a terminal: a line is waited for, but not after the time is up or Ctrl-C."""

from __future__ import annotations

import io
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any

import pytest

from local.rehearsal.actions import ActionFailedError
from local.rehearsal.actions.waiting import TimeLimit
from local.rehearsal.definition import Action
from local.rehearsal.terminal import AskedTerminal, find


class Stoppable:
    """All that a time limit wants of a context."""

    def __init__(self) -> None:
        self.stopped = threading.Event()


def limit(minutes: float, context: Stoppable | None = None) -> TimeLimit:
    action = Action(name="Ask", category="Approval", provider="Manual")
    given: Any = context or Stoppable()
    return TimeLimit(action, given, minutes)


@pytest.fixture
def typed() -> Iterator[tuple[Any, Any]]:
    """Where somebody types, and what reads it."""
    reading, writing = os.pipe()
    with Path(f"/dev/fd/{reading}").open() as lines, os.fdopen(writing, "w") as keyboard:
        yield lines, keyboard
    os.close(reading)


def test_the_line_that_is_typed_is_the_answer(typed: tuple[Any, Any]) -> None:
    lines, keyboard = typed
    out, drawing = io.StringIO(), []

    @contextmanager
    def paused() -> Iterator[None]:
        drawing.append("paused")
        yield
        drawing.append("goes on")

    keyboard.write("yes\n")
    keyboard.flush()
    answer = AskedTerminal(paused, lines=lines, out=out).ask("Approve? ", limit(1))
    assert (answer, out.getvalue(), drawing) == ("yes\n", "Approve? ", ["paused", "goes on"])


def test_it_waits_no_longer_than_it_may(typed: tuple[Any, Any]) -> None:
    lines, _keyboard = typed
    terminal = AskedTerminal(nullcontext, lines=lines, out=io.StringIO())
    with pytest.raises(ActionFailedError, match="Nobody answered within"):
        terminal.ask("Approve? ", limit(0.001))


def test_it_does_not_wait_after_ctrl_c(typed: tuple[Any, Any]) -> None:
    lines, _keyboard = typed
    context = Stoppable()
    context.stopped.set()
    terminal = AskedTerminal(nullcontext, lines=lines, out=io.StringIO())
    with pytest.raises(ActionFailedError, match="stopped"):
        terminal.ask("Approve? ", limit(1, context))


def test_a_terminal_that_is_closed_answers_nothing(typed: tuple[Any, Any]) -> None:
    lines, keyboard = typed
    keyboard.close()
    terminal = AskedTerminal(nullcontext, lines=lines, out=io.StringIO())
    with pytest.raises(ActionFailedError, match="closed"):
        terminal.ask("Approve? ", limit(1))


def test_there_is_none_in_a_script(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO())
    assert find(nullcontext) is None
