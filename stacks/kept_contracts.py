"""The contracts of the last synthesis, for the next one that would read the same."""

import hashlib
import os
import pickle
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from stacks.forked import Forked

if TYPE_CHECKING:
    from gatewright.contract import Contract

_FILE = Path(".gatewright") / "contracts"
_NOT_SOURCES = {"__pycache__", "node_modules"}

Contracts = Mapping[str, "Contract"]


def contracts_of(root: Path) -> Callable[[], Contracts]:
    """Begin to read the contracts of the platform in ``root``; the answer waits for them.

    They are read anew, in a process of their own, unless nothing that they follow from has changed
    since they were kept: platform.yaml, the services, the library, the installed packages, Python.
    Importing a service is most of a synthesis with many routes. What the answer raises is what
    ``read_contracts`` raises, and EndedError. Call it before there are threads (see Forked).
    """
    digest, file = _digest(root), root / _FILE
    if (kept := _kept(file, digest)) is not None:
        return lambda: _unpacked(kept, root)
    forked = Forked(lambda: _read(root))

    def result() -> Contracts:
        contracts = forked.result()
        _keep(file, digest, contracts)
        return contracts

    return result


def _read(root: Path) -> Contracts:
    from gatewright.config import load_platform
    from stacks.contracts import read_contracts

    contracts = read_contracts(load_platform(root / "platform.yaml"), root)
    for contract in contracts.values():
        # Looked for here, beside the CDK's start, and kept: that there are none.
        _ = contract.problems
    return contracts


def _kept(file: Path, digest: str) -> bytes | None:
    """What was kept, if it was with this hash."""
    try:
        found, _, packed = file.read_bytes().partition(b"\n")
    except OSError:
        return None
    return packed if found == digest.encode() else None


def _unpacked(packed: bytes, root: Path) -> Contracts:
    try:
        # Whoever can write the file can write the app beside it.
        contracts: Contracts = pickle.loads(packed)  # noqa: S301
        return contracts
    # What is no pickle raises many types.
    except Exception:
        return _read(root)


def _keep(file: Path, digest: str, contracts: Contracts) -> None:
    beside = file.with_suffix(f".{os.getpid()}")
    try:
        file.parent.mkdir(exist_ok=True)
        beside.write_bytes(b"\n".join((digest.encode(), pickle.dumps(contracts))))
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
