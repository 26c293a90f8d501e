"""The process that stays is one, and a module that hangs or ends it is not the watcher's end."""

import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from local.inner_loop.resident import LostError, Resident


@pytest.fixture
def resident(tmp_path: Path) -> Iterator[Resident]:
    resident = Resident(tmp_path)
    yield resident
    resident.close()


def first_folder() -> str:
    return sys.path[0]


def test_it_stays_until_it_is_renewed(resident: Resident, tmp_path: Path) -> None:
    first = resident.run(60, os.getpid)
    assert first != os.getpid()
    assert resident.run(60, os.getpid) == first
    assert resident.run(60, first_folder) == str(tmp_path)
    resident.renew()
    assert resident.run(60, os.getpid) != first


def test_what_hangs_is_ended(resident: Resident) -> None:
    with pytest.raises(LostError, match="did not end within 1 seconds"):
        resident.run(1, time.sleep, 600)
    assert resident.run(60, first_folder)


def test_what_ends_the_process_is_said(resident: Resident) -> None:
    with pytest.raises(LostError, match="ended with code 3"):
        resident.run(60, os._exit, 3)
    assert resident.run(60, first_folder)
