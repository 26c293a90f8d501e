"""What a rehearsal shows: lines in a log, and a pipeline drawn in place on a terminal."""

from __future__ import annotations

import io
import re
from pathlib import Path

from local.rehearsal.execution import Execution, State
from local.rehearsal.screen import LOG, Screen
from tests.unit.local.rehearsal.executions import at, begun, execution, rollback


class Terminal(io.StringIO):
    """Text that goes to a terminal."""

    def isatty(self) -> bool:
        return True


def replay(screen: Screen, told: Execution) -> None:
    """Tell the screen of each change, in its order."""
    state, ended, told.state, told.ended = told.state, told.ended, State.IN_PROGRESS, None
    screen.execution_changed(told)
    for stage in told.stages:
        if stage.state == State.WAITING:
            continue
        over, stage.state = stage.state, State.IN_PROGRESS
        screen.stage_changed(told, stage)
        for action in stage.actions:
            end, last = action.state, action.ended
            action.state, action.ended = State.IN_PROGRESS, None
            screen.action_changed(told, action)
            action.state, action.ended = end, last
            screen.action_changed(told, action)
        stage.state = over
        screen.stage_changed(told, stage)
    told.state, told.ended = state, ended
    screen.execution_changed(told)


def shown(told: Execution) -> list[str]:
    out = io.StringIO()
    with Screen(out) as screen:
        replay(screen, told)
    return out.getvalue().splitlines()


def test_each_change_is_a_line() -> None:
    lines = shown(execution())
    assert lines[:6] == [
        "[  0.0 s] Execution 1a2b3c4d of release: 88512240aabb Count <b>every</b> call began",
        "[  0.0 s] Source                                         InProgress",
        "[  0.0 s] Source / Code                                  InProgress",
        "[  2.0 s] Source / Code                                  Succeeded  2.0 s",
        "[  2.0 s] Source                                         Succeeded  2.0 s",
        "[  2.0 s] Build                                          InProgress",
    ]
    assert lines[-1] == (
        "[ 10.0 s] Execution 1a2b3c4d                             Succeeded  10.0 s"
    )
    assert "\x1b" not in "".join(lines)


def test_a_summary_of_an_action_is_on_its_line() -> None:
    told = execution()
    told.stages[0].actions[0].summary = "Approved on the terminal"
    assert any(line.endswith("Succeeded  2.0 s  Approved on the terminal") for line in shown(told))


def test_a_failure_says_why_and_where_its_log_is(tmp_path: Path) -> None:
    told = execution(tmp_path, fails_in="Beta")
    text = "\n".join(shown(told))
    assert "Beta / Load                                    Failed     2.0 s\n" in text
    assert "            p99 was 412 ms\n            and 250 ms is allowed\n" in text
    assert f"            Its log: {tmp_path}/Beta/Load/log.txt" in text
    assert "Prod" not in text


def test_a_long_reason_is_cut() -> None:
    told = execution(fails_in="Beta")
    told.stages[2].actions[-1].reason = "\n\n".join(f"line {n}" for n in range(20))
    text = "\n".join(shown(told))
    assert "line 1\n            ... 10 more lines ...\n            line 12" in text
    assert "line 19" in text
    assert "line 8" not in text


def test_the_lines_are_kept_in_the_execution_s_folder(tmp_path: Path) -> None:
    out = io.StringIO()
    told = execution(tmp_path)
    with Screen(out) as screen:
        replay(screen, told)
        screen.finish()
    kept = (tmp_path / LOG).read_text()
    assert kept.startswith("[  0.0 s] Execution 1a2b3c4d of release")
    assert "Stage" in kept.split("Execution 1a2b3c4d   ")[1]


def test_an_end_that_is_told_again_is_said_once_and_its_note_too() -> None:
    out, told = io.StringIO(), execution(fails_in="Beta")
    screen = Screen(out)
    replay(screen, told)
    told.note = "Beta is rolled back."
    screen.execution_changed(told)
    screen.execution_changed(told)
    text = out.getvalue()
    assert len(re.findall("Execution 1a2b3c4d +Failed", text)) == 1
    assert text.endswith("Failed     8.0 s\n            Beta is rolled back.\n")


def finished(*told: Execution) -> str:
    out = io.StringIO()
    screen = Screen(out)
    for one in told:
        replay(screen, one)
    out.seek(0)
    out.truncate()
    screen.finish()
    return out.getvalue()


def test_the_summary_tells_what_was_not_reached(tmp_path: Path) -> None:
    text = finished(execution(tmp_path, fails_in="Beta"))
    assert re.search(r"Source +Succeeded +2\.0 s", text)
    assert re.search(r"Beta +Failed +4\.0 s +Load: p99 was 412 ms", text)
    assert re.search(r"Prod +not reached", text)
    assert re.search(r"Execution +Failed +8\.0 s", text)
    assert "Not reached: Prod." in text
    assert "Log of Beta / Load:" in text


def test_the_summary_tells_what_was_rolled_back_and_to_what() -> None:
    text = " ".join(finished(execution(fails_in="Beta"), rollback()).split())
    assert "Rollback 9f8e7d6c of release: 0badc0de0000 The good one" in text
    assert (
        "Beta was rolled back to earlier execution 77777777, 0badc0de0000 (The good one), after "
        "execution 1a2b3c4d failed." in text
    )


def test_a_path_in_the_summary_is_whole(tmp_path: Path) -> None:
    out, told = Terminal(), execution(tmp_path / ("long" * 50), fails_in="Beta")
    screen = Screen(out)
    replay(screen, told)
    screen.finish()
    assert f"Log of Beta / Load: {told.stages[2].actions[-1].log}\n" in out.getvalue()


def test_a_rollback_that_failed_is_said() -> None:
    back = rollback()
    back.state = State.FAILED
    assert "Beta was not rolled back to" in " ".join(finished(back).split())


def test_a_terminal_is_drawn_in_place_and_left_as_it_was(tmp_path: Path) -> None:
    out, told = Terminal(), execution(tmp_path, fails_in="Beta")
    with Screen(out) as screen:
        replay(screen, told)
        screen.finish()
    text = out.getvalue()
    assert "\x1b[?25l" in text
    assert text.count("\x1b[?25l") == text.count("\x1b[?25h")
    assert "✗" in text
    assert "p99 was 412 ms" in text
    assert "[  2.0 s]" not in text
    assert "[  2.0 s]" in (tmp_path / LOG).read_text()


def test_nothing_is_drawn_while_somebody_is_asked() -> None:
    out, told = Terminal(), begun()
    with Screen(out) as screen:
        screen.execution_changed(told)
        told.stages[0].state = State.IN_PROGRESS
        told.stages[0].actions[0].state = State.IN_PROGRESS
        told.stages[0].actions[0].began = at(0)
        with screen.paused():
            asked = len(out.getvalue())
            screen.action_changed(told, told.stages[0].actions[0])
            assert len(out.getvalue()) == asked
        assert len(out.getvalue()) > asked
