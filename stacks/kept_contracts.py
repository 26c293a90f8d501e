"""The contracts of the last synthesis, for the next one that would read the same."""

import hashlib
import json
import os
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from stacks.forked import Forked

if TYPE_CHECKING:
    from gatewright.contract import Contract

_FILE = Path(".gatewright") / "contracts.json"
_NOT_SOURCES = {"__pycache__", "node_modules"}

Contracts = Mapping[str, "Contract"]


def contracts_of(root: Path) -> Callable[[], Contracts]:
    """Begin to read the contracts of the platform in ``root``; the answer waits for them.

    They are read anew, in a process of their own, unless nothing that they follow from has changed
    since they were kept: platform.yaml, the services, the library, the installed packages, Python.
    Importing a service is most of a synthesis with many routes. What the answer raises is what
    ``read_contracts`` raises, and EndedError. Call it before there are threads (see Forked).
    """
    digest = _digest(root)
    file = root / _FILE
    if kept := _kept(file, digest):
        return lambda: _contracts(kept)
    forked = Forked(lambda: _read(root))

    def result() -> Contracts:
        contracts = forked.result()
        _keep(file, digest, contracts)
        return contracts

    return result


def _read(root: Path) -> Contracts:
    from gatewright.config import load_platform
    from stacks.contracts import read_contracts

    return read_contracts(load_platform(root / "platform.yaml"), root)


def _kept(file: Path, digest: str) -> dict[str, dict[str, object]]:
    try:
        found = json.loads(file.read_text())
        return dict(found["contracts"]) if found["digest"] == digest else {}
    # There is none, or it was cut off, or written by another version: read them anew.
    except (OSError, ValueError, KeyError, TypeError):
        return {}


def _contracts(kept: Mapping[str, Mapping[str, object]]) -> Contracts:
    from gatewright.contract import Contract

    return {name: Contract(**fields) for name, fields in kept.items()}  # type: ignore[arg-type]


def _keep(file: Path, digest: str, contracts: Contracts) -> None:
    text = json.dumps(
        {
            "digest": digest,
            "contracts": {name: asdict(contract) for name, contract in contracts.items()},
        }
    )
    beside = file.with_suffix(f".{os.getpid()}")
    try:
        file.parent.mkdir(exist_ok=True)
        beside.write_text(text)
        beside.replace(file)
    except OSError:
        # A checkout that cannot be written to is synthesised all the same.
        beside.unlink(missing_ok=True)


def _digest(root: Path) -> str:
    """The hash of everything that contracts follow from."""
    import gatewright

    library = Path(gatewright.__file__).parent
    digest = hashlib.sha256(sys.version.encode())
    for part in (root / "platform.yaml", root / "lambda_src", root / "stacks", library):
        for file in _files(part):
            content = file.read_bytes()
            digest.update(f"{file}\0{len(content)}\0".encode())
            digest.update(content)
    # To install, upgrade or remove a package changes the folder that has them all.
    for folder in sys.path:
        if folder.endswith("site-packages"):
            digest.update(f"{folder}\0{Path(folder).stat().st_mtime_ns}\0".encode())
    return digest.hexdigest()


def _files(part: Path) -> Iterator[Path]:
    if part.is_file():
        yield part
        return
    for folder, folders, files in os.walk(part):
        folders[:] = sorted(set(folders) - _NOT_SOURCES)
        yield from (Path(folder) / name for name in sorted(files))
