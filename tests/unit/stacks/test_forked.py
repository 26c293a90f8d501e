"""Work in a process of its own, and every way in which it can end."""

import os

import pytest

from gatewright.config import ConfigError, Problem
from stacks.forked import EndedError, Forked


def test_it_is_done_elsewhere() -> None:
    done = Forked(os.getpid)
    assert done.result() != os.getpid()


def test_a_large_result_comes_whole() -> None:
    assert Forked(lambda: "x" * 3_000_000).result() == "x" * 3_000_000


def test_what_it_raises_is_raised_here() -> None:
    problem = Problem("platform.yaml", 3, 5, "keys", "nothing", "a key", "add one")

    def fail() -> None:
        raise ConfigError([problem])

    with pytest.raises(ConfigError) as caught:
        Forked(fail).result()
    assert "platform.yaml:3:5" in str(caught.value)


def test_an_exit_is_one_here() -> None:
    def leave() -> None:
        raise SystemExit("not today")

    with pytest.raises(SystemExit, match="not today"):
        Forked(leave).result()


def test_an_end_without_a_word_is_told() -> None:
    with pytest.raises(EndedError, match="with status 7"):
        Forked(lambda: os._exit(7)).result()
