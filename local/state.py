"""The state of the embedded AWS in a file, so that it outlives the server.

ministack can write its services' state, but each service to a file of its own, so that a save that
is cut off mixes two moments, and one damaged file loses one service without a word. Here all
services are in one file, which is replaced as a whole and refused as a whole.
"""

from __future__ import annotations

import contextlib
import importlib.metadata
import json
import logging
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

FILE = "state.json"
FORMAT = 1
REMEDY = "`make reset` forgets it, and `make up` then starts from nothing."
_ATTEMPTS = 5
# Threads of ministack may change what is being copied.
_CHANGED_MEANWHILE = "changed size during iteration"

logger = logging.getLogger("gatewright.state")


class StateError(Exception):
    """What was saved cannot be restored. The text says why and what to do."""


def read(file: Path) -> dict[str, Any]:
    """The saved state of each service; empty when nothing was saved. Raises StateError."""
    from ministack.core.persistence import _json_object_hook

    if not file.exists():
        return {}
    try:
        found = json.loads(file.read_bytes(), object_hook=_json_object_hook)
        saved_format, services = found["format"], dict(found["services"])
        payloads = {name: saved["payload"] for name, saved in services.items()}
    except (OSError, ValueError, TypeError, KeyError, RecursionError) as error:
        raise StateError(_refusal(file, f"is damaged ({error!r})")) from None
    newer = [name for name, saved in services.items() if _is_newer(name, saved)]
    if saved_format != FORMAT or newer:
        what = f"is format {saved_format!r}, written by ministack {found.get('ministack')}"
        raise StateError(_refusal(file, f"{what}; {_installed()} reads format {FORMAT}"))
    return payloads


def _is_newer(name: str, saved: Mapping[str, Any]) -> bool:
    from ministack.core.persistence import _state_format_version

    supported: int = _state_format_version(name)
    return int(saved["__ministack_format__"]) > supported


def _installed() -> str:
    return f"ministack {importlib.metadata.version('ministack')}, which is installed,"


def _refusal(file: Path, why: str) -> str:
    return f"The saved state of the embedded AWS in {file} {why}. {REMEDY}"


def restore(payloads: Mapping[str, Any]) -> None:
    """Give each service its state. Raises StateError; what was restored until then stays."""
    from ministack import app

    for name, module in app._state_map.items():
        if not payloads.get(name):
            continue
        try:
            app._get_module(module).load_persisted_state(payloads[name])
        except Exception as error:
            logger.exception("The state of %s", name)
            why = f"The saved state of {name} does not fit: {error!r}. {REMEDY}"
            raise StateError(why) from error


def save(file: Path) -> None:
    """Replace the file. The earlier one stays when this raises, for example OSError."""
    from ministack import app
    from ministack.core.persistence import _state_format_version

    from local.gaps import code_blobs

    states = {name: _state(name, get) for name, get in app._build_persistence_save_dict().items()}
    services = ",\n".join(
        f'{json.dumps(name)}: {{"__ministack_format__": {_state_format_version(name)}, '
        f'"payload": {state}}}'
        for name, state in states.items()
        if state is not None
    )
    head = f'"format": {FORMAT}, "ministack": {json.dumps(importlib.metadata.version("ministack"))}'
    _replace(file, f'{{{head}, "services": {{\n{services}\n}}}}\n')
    code_blobs.prune()


def _state(name: str, get_state: Any) -> str | None:
    """A service's state as JSON, or None, with a word in the log, when it cannot be written."""
    from ministack.core.persistence import _json_default

    for attempt in range(1, _ATTEMPTS + 1):
        try:
            state = get_state()
            return None if state is None else json.dumps(state, default=_json_default)
        except (TypeError, ValueError, RecursionError):
            logger.exception("The state of %s is of a kind that cannot be saved", name)
            return None
        except RuntimeError as error:
            if _CHANGED_MEANWHILE not in str(error) or attempt == _ATTEMPTS:
                raise
    return None


def _replace(file: Path, text: str) -> None:
    """Readable by its owner alone: it holds keys and passwords."""
    new = file.with_suffix(".new")
    with contextlib.suppress(FileNotFoundError):
        new.unlink()
    with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as stream:
        stream.write(text)
        stream.flush()
        os.fsync(stream.fileno())
    new.replace(file)


def is_at_rest() -> bool:
    """Whether no stack is being changed, so that what is saved is consistent."""
    from ministack.services import cloudformation

    return not any(
        status.endswith("_IN_PROGRESS") and status != "REVIEW_IN_PROGRESS"
        for stack in cloudformation._stacks.all_values()
        for status in (str(stack.get("StackStatus")),)
    )
