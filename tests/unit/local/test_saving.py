"""When the embedded AWS saves its state, without an embedded AWS."""

import time
from pathlib import Path

import pytest

from local import state
from local.saving import LONGEST, REST, SHARE, Saving

START = 1000.0


class Clock:
    """A monotonic clock that a test moves, and what was saved when."""

    def __init__(self) -> None:
        self.now = START
        self.saved: list[float] = []
        self.takes = 0.0
        self.fails = False
        self.at_rest = True

    def save(self, _file: Path) -> None:
        self.now += self.takes
        if self.fails:
            raise OSError("No space left on device")
        self.saved.append(self.now)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    monkeypatch.setattr(time, "monotonic", lambda: made.now)
    monkeypatch.setattr(state, "save", made.save)
    monkeypatch.setattr(state, "is_at_rest", lambda: made.at_rest)
    return made


def _request(kept: Saving) -> None:
    with kept.request():
        pass


def test_nothing_changed_nothing_saved(clock: Clock) -> None:
    kept = Saving(Path("state"))
    assert not kept.is_due(START + 10 * LONGEST)
    assert clock.saved == []


def test_it_waits_for_a_pause(clock: Clock) -> None:
    kept = Saving(Path("state"))
    _request(kept)
    assert not kept.is_due(START + REST - 0.1)
    assert kept.is_due(START + REST)
    kept.save()
    assert not kept.is_due(START + 10 * LONGEST)
    assert clock.saved == [START]


def test_a_request_under_way_is_no_pause(clock: Clock) -> None:
    kept = Saving(Path("state"))
    _request(kept)
    with kept.request():
        assert not kept.is_due(START + REST)
        assert kept.is_due(START + LONGEST)
    clock.now = START + REST
    assert kept.is_due(clock.now + REST)


def test_requests_without_end_are_saved_too(clock: Clock) -> None:
    kept = Saving(Path("state"))
    for _ in range(int(LONGEST)):
        _request(kept)
        assert not kept.is_due(clock.now)
        clock.now += 1
    assert kept.is_due(clock.now)


def test_half_a_stack_is_not_saved(clock: Clock) -> None:
    kept = Saving(Path("state"))
    _request(kept)
    clock.at_rest = False
    assert not kept.is_due(START + LONGEST)
    kept.finish()
    assert clock.saved == []
    clock.at_rest = True
    kept.finish()
    assert clock.saved == [START]


def test_a_slow_save_comes_seldom(clock: Clock) -> None:
    kept = Saving(Path("state"))
    clock.takes = 2.0
    kept.save()
    _request(kept)
    assert not kept.is_due(clock.now + SHARE * 2 - 1)
    assert kept.is_due(clock.now + SHARE * 2)


def test_a_failed_save_is_tried_again(clock: Clock, caplog: pytest.LogCaptureFixture) -> None:
    kept = Saving(Path("state"))
    _request(kept)
    clock.fails = True
    kept.save()
    assert "No space left on device" in caplog.text
    assert not kept.is_due(START + REST)
    assert kept.is_due(START + LONGEST)
