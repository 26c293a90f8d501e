"""One real shell for all commands of a build, and the phases that run in it."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from local.rehearsal.actions.build_phases import FailedCommand, run_phases
from local.rehearsal.actions.build_shell import BuildShell, StoppedError
from local.rehearsal.actions.buildspec import Phase

Open = Callable[..., BuildShell]


@pytest.fixture(params=["sh", "bash"])
def shell_name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def printed() -> list[bytes]:
    return []


@pytest.fixture
def opened(tmp_path: Path, shell_name: str, printed: list[bytes]) -> Iterator[Open]:
    shells = []

    def start(**more: object) -> BuildShell:
        shell = BuildShell(
            shell_name,
            folder=tmp_path,
            work=tmp_path / "work",
            variables={"PATH": os.environ["PATH"]},
            output=printed.append,
            **more,  # type: ignore[arg-type]
        )
        shells.append(shell)
        return shell

    yield start
    for shell in shells:
        shell.close()


@pytest.fixture
def shell(opened: Open) -> BuildShell:
    return opened()


def test_commands_share_what_they_set(shell: BuildShell, tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    assert shell.run("cd sub") == 0
    assert shell.run("export EXPORTED=1; PLAIN=2; f() { echo f > made; }") == 0
    assert shell.run('[ "$(basename "$PWD")$EXPORTED$PLAIN" = sub12 ] && f') == 0
    assert (tmp_path / "sub" / "made").read_text() == "f\n"
    assert shell.value("PLAIN") == "2"
    assert shell.value("UNKNOWN") == ""


def test_a_status_is_the_commands(shell: BuildShell) -> None:
    assert shell.run("false") == 1
    assert shell.run("sh -c 'exit 7'") == 7
    assert shell.run("true") == 0
    assert shell.run("false\ntrue") == 0


def test_output_comes_while_it_runs_and_in_order(shell: BuildShell, printed: list[bytes]) -> None:
    shell.run("echo out; echo err >&2; printf 'no end'")
    assert b"".join(printed) == b"out\nerr\nno end"
    assert shell.tail == ["out", "err", "no end"]


def test_commands_read_nothing(shell: BuildShell) -> None:
    assert shell.run("cat; read x; echo after > read") == 0
    assert shell.run("[ -e read ]") == 0


def test_a_command_that_ends_the_shell(shell: BuildShell, tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    shell.run("export KEPT='a b'; cd sub")
    assert shell.run("exit 3") == 3
    assert shell.run('[ "$KEPT" = "a b" ] && [ "$(basename "$PWD")" = sub ]') == 0
    assert shell.run("set -e; false; true") == 1
    assert shell.run("kill -9 $$") == 137
    assert shell.run("exit 0") == 0


def test_a_syntax_error_fails_the_command(shell: BuildShell) -> None:
    assert shell.run("if then (") != 0
    assert shell.run("true") == 0


def test_secrets_are_masked(opened: Open, printed: list[bytes]) -> None:
    shell = opened(hidden=["s3cret", "line1-long\nline2-long", ""])
    shell.run("echo my s3cret; echo line2-long; echo plain")
    assert b"".join(printed) == b"my ***\n***\nplain\n"


def test_what_is_left_running_is_ended(shell: BuildShell, tmp_path: Path) -> None:
    shell.run("sleep 600 & echo $! > pid")
    pid = int((tmp_path / "pid").read_text())
    shell.close()
    assert ended(pid)


def test_stop_ends_the_command_and_its_children(shell: BuildShell, tmp_path: Path) -> None:
    threading.Timer(0.3, shell.stop).start()
    with pytest.raises(StoppedError):
        shell.run("echo $$ > pid; sleep 600; true")
    assert ended(int((tmp_path / "pid").read_text()))
    with pytest.raises(StoppedError):
        shell.run("true")


def test_stop_ends_servers_that_left_the_group(shell: BuildShell, tmp_path: Path) -> None:
    program = (
        "import os, pathlib, time; os.setsid(); "
        "pathlib.Path('pid').write_text(str(os.getpid())); time.sleep(600)"
    )
    threading.Thread(target=_stop_when, args=(tmp_path / "pid", shell), daemon=True).start()
    with pytest.raises(StoppedError):
        shell.run(f'"{sys.executable}" -c "{program}" & wait')
    assert ended(int((tmp_path / "pid").read_text()))


def _stop_when(file: Path, shell: BuildShell) -> None:
    while not file.exists() or not file.read_text():
        time.sleep(0.02)
    shell.stop()


def ended(pid: int) -> bool:
    for _ in range(200):
        shown = subprocess.run(
            ["ps", "-o", "stat=", "-p", str(pid)],  # noqa: S607
            capture_output=True,
            text=True,
            check=False,
        ).stdout.strip()
        if not shown or shown.startswith("Z"):
            return True
        time.sleep(0.02)
    return False


def phase(name: str, *commands: str, **more: object) -> Phase:
    return Phase(name=name, commands=commands, **more)  # type: ignore[arg-type]


def ran(shell: BuildShell, *phases: Phase) -> tuple[FailedCommand | None, list[str]]:
    said: list[str] = []
    failed = run_phases(phases, shell, said.append)
    return failed, [
        line.removeprefix("Running command ") for line in said if line.startswith("Running")
    ]


def test_a_failed_install_ends_the_build(shell: BuildShell) -> None:
    failed, commands = ran(
        shell,
        phase("install", "echo why; false", "true", finally_=("echo cleanup",)),
        phase("build", "true"),
        phase("post_build", "true"),
    )
    assert commands == ["echo why; false", "echo cleanup"]
    assert failed is not None
    assert (failed.phase, failed.status) == ("install", 1)
    assert "error while executing command: echo why; false. Reason: exit status 1" in failed.reason
    assert failed.tail == ("why",)


def test_a_failed_build_goes_to_post_build(shell: BuildShell, printed: list[bytes]) -> None:
    failed, commands = ran(
        shell,
        phase("pre_build", "echo $CODEBUILD_BUILD_SUCCEEDING"),
        phase("build", "exit 4"),
        phase("post_build", "echo $CODEBUILD_BUILD_SUCCEEDING"),
    )
    assert failed is not None
    assert failed.command == "exit 4"
    assert len(commands) == 3
    assert b"".join(printed) == b"1\n0\n"


@pytest.mark.parametrize(
    ("failing", "following", "mode", "goes_on"),
    [
        ("install", "pre_build", None, False),
        ("pre_build", "build", None, False),
        ("build", "post_build", None, True),
        ("build", "post_build", "ABORT", False),
        ("build", "post_build", "CONTINUE", True),
        ("pre_build", "build", "CONTINUE", True),
    ],
)
def test_which_phase_follows(
    shell: BuildShell, failing: str, following: str, mode: str | None, goes_on: bool
) -> None:
    failed, commands = ran(
        shell, phase(failing, "false", on_failure=mode), phase(following, "true")
    )
    assert failed is not None
    assert (commands == ["false", "true"]) is goes_on


def test_a_phase_is_retried(shell: BuildShell) -> None:
    flaky = "echo x >> tries; [ $(wc -l < tries) -ge 3 ]"
    failed, commands = ran(shell, phase("build", flaky, retries=2))
    assert (failed, len(commands)) == (None, 3)
    failed, commands = ran(shell, phase("build", "false", retries=2))
    assert failed is not None
    assert len(commands) == 3


def test_a_failed_finally_fails_the_phase(shell: BuildShell) -> None:
    failed, _commands = ran(shell, phase("build", "true", finally_=("false",)))
    assert failed is not None
