"""One shell for all commands of a build, as in build specifications of version 0.2.

What a command exports, where it changes to and what it sets is there for the next one. A command
that ends the shell fails, and the next one gets a new shell with what was exported until then.
"""

import contextlib
import secrets
import shlex
import subprocess
import threading
from collections import deque
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from local.rehearsal.actions.process_family import end_family

_END_SECONDS = 5.0
_MASK = b"***"
_SHORTEST = 4  # a shorter line of a secret is no secret, and would mask all sorts of things
_TAIL = 15


class StoppedError(Exception):
    """The shell was ended from outside: the time was up, or the rehearsal was interrupted."""


class BuildShell:
    """Runs commands in ``folder`` and passes on what they print; ``hidden`` values are masked.

    ``work`` is a folder for the shell's own files.
    """

    def __init__(
        self,
        shell: str,
        *,
        folder: Path,
        work: Path,
        variables: Mapping[str, str],
        output: Callable[[bytes], None],
        hidden: Iterable[str] = (),
    ) -> None:
        self._shell = shell
        self._folder = folder
        self._work = work
        self._variables = dict(variables)
        self._output = output
        self._hidden = [
            line.encode() for text in hidden for line in text.splitlines() if len(line) >= _SHORTEST
        ]
        self._tail: deque[bytes] = deque(maxlen=_TAIL)
        self._mark = secrets.token_hex(16).encode()
        self._marked = threading.Event()
        self._count = 0
        self._stopped = threading.Event()
        self._process: subprocess.Popen[bytes] | None = None
        self._reader: threading.Thread | None = None
        work.mkdir(parents=True, exist_ok=True)

    def run(self, command: str) -> int:
        """Run one command, of one or several lines. Its exit status. Raises StoppedError."""
        process = self._started()
        self._count += 1
        self._marked.clear()
        file = self._work / f"{self._count}.sh"
        file.write_text(f"{command}\n")
        # The shell reads this line from its stdin; the command has neither that nor its stdout,
        # which is for the status. The mark says that what was printed before has been read.
        line = (
            f'. {shlex.quote(str(file))} </dev/null 1>&2; printf "%s\\n" "$?"; '
            f'printf "%s\\n" {self._mark.decode()} >&2\n'
        )
        assert process.stdin is not None and process.stdout is not None  # noqa: S101, PT018
        try:
            process.stdin.write(line.encode())
            process.stdin.flush()
            answer = process.stdout.readline()
        except (BrokenPipeError, ValueError):
            answer = b""
        if not answer:
            return self._ended(process)
        self._marked.wait(_END_SECONDS)
        if self._stopped.is_set():  # what it waited for was ended before the shell was
            raise StoppedError
        return int(answer)

    @property
    def tail(self) -> list[str]:
        """The last lines that were printed."""
        lines = (line.decode(errors="replace").rstrip() for line in self._tail)
        return [line for line in lines if line]

    def export(self, name: str, value: str) -> None:
        """Set a variable for the commands to come."""
        self.run(f"export {name}={shlex.quote(value)}")

    def value(self, name: str) -> str:
        """A variable as the commands left it; empty when it is not set."""
        file = self._work / "value"
        self.run(f'printf %s "${{{name}-}}" > {shlex.quote(str(file))}')
        return file.read_text()

    def stop(self) -> None:
        """End the shell and what it runs, from another thread. ``run`` raises StoppedError."""
        self._stopped.set()
        if self._process is not None:
            end_family(self._process)

    def close(self) -> None:
        """End the shell, and what its commands left running."""
        process, self._process = self._process, None
        if process is None:
            return
        if process.stdin is not None:
            with contextlib.suppress(OSError):
                process.stdin.close()
        end_family(process)
        if self._reader is not None:
            self._reader.join(_END_SECONDS)
        if process.stdout is not None:
            process.stdout.close()

    def _started(self) -> subprocess.Popen[bytes]:
        if self._stopped.is_set():
            raise StoppedError
        if self._process is not None:
            return self._process
        self._process = process = subprocess.Popen(
            [self._shell],
            cwd=self._folder,
            env=self._variables,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,  # a group of its own, which is ended as a whole
        )
        self._reader = threading.Thread(target=self._pass_on, args=(process,), daemon=True)
        self._reader.start()
        if self._stopped.is_set():  # while it was started
            end_family(process)
        assert process.stdin is not None  # noqa: S101
        process.stdin.write(self._prologue().encode())
        return process

    def _prologue(self) -> str:
        exported, here = (shlex.quote(str(self._work / name)) for name in ("exported", "here"))
        return (
            f'[ -e {exported} ] && . {exported} 2>/dev/null && cd "$(cat {here})"\n'
            f"trap 'export -p >{exported}; pwd >{here}' EXIT\n"
        )

    def _ended(self, process: subprocess.Popen[bytes]) -> int:
        """The shell ended under a command. What that makes of its status."""
        status = process.wait()
        self.close()
        if self._stopped.is_set():
            raise StoppedError
        return status if status >= 0 else 128 - status

    def _pass_on(self, process: subprocess.Popen[bytes]) -> None:
        assert process.stderr is not None  # noqa: S101
        for line in iter(process.stderr.readline, b""):
            printed, mark, _end = line.partition(self._mark)
            for text in self._hidden:
                printed = printed.replace(text, _MASK)
            if printed:
                self._tail.append(printed)
                self._output(printed)
            if mark:
                self._marked.set()
