"""A function's code as one zip: its service's folder, the runtime and the dependencies."""

import hashlib
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from zipfile import ZipFile

import gatewright
from gatewright.bundling.archive import add_file, files_below
from gatewright.bundling.dependencies import BundlingError, dependencies_key, dependencies_zip
from gatewright.bundling.target import Target

LOCK = "requirements.txt"
RUNTIME = "gatewright/runtime"
JWT_AUTHORIZER = "jwt_authorizer"

# What lies beside code and is none: it must neither be shipped nor make a release.
_NOT_CODE_SUFFIXES = (".in", ".md")
_NOT_CODE_FOLDERS = ("checks", "tests")


@dataclass(frozen=True, kw_only=True)
class Bundle:
    """A zip to give to Lambda, and the hash of what is in it."""

    path: Path
    content_hash: str


def bundle_service(
    service: Path, target: Target, cache: Path, more: Mapping[str, bytes] | None = None
) -> Bundle:
    """Bundle the folder of one service, ``lambda_src/<service>``, for ``target``.

    The folder becomes a package of its own name, beside ``gatewright.runtime`` and everything
    that the folder's ``requirements.txt`` (with hashes) names. Left out are hidden files, byte
    code, ``checks/``, ``tests/``, ``*.md``, and the lock itself. Equal input gives an equal hash
    on every machine, and equal bytes on one. ``cache`` keeps what was bundled; ``more`` are files
    to add, by their names in the zip. Raises BundlingError.
    """
    lock = service / LOCK
    if not lock.is_file():
        raise BundlingError(
            f"{service} has no {LOCK}. List what the service needs in "
            f"{service / 'requirements.in'} and run `make lock`."
        )
    return bundled(service.name, lock, [*_code(service), *(more or {}).items()], target, cache)


def bundled(
    name: str, lock: Path, files: list[tuple[str, bytes]], target: Target, cache: Path
) -> Bundle:
    """The zip of ``files`` beside what ``lock`` names; ``name`` is its own."""
    digest = content_hash(dependencies_key(lock, target), files)
    bundle = cache / f"{name}-{digest[:16]}.zip"
    if not bundle.exists():
        _write(bundle, dependencies_zip(lock, target, cache), files)
    return Bundle(path=bundle, content_hash=digest)


def _code(service: Path) -> list[tuple[str, bytes]]:
    own = [
        (f"{service.name}/{name}", path) for name, path in files_below(service) if _is_code(name)
    ]
    return [(name, path.read_bytes()) for name, path in own] + [
        (name, content)
        for name, content in runtime_files()
        if not name.startswith(f"{RUNTIME}/{JWT_AUTHORIZER}/")
    ]


def runtime_files() -> list[tuple[str, bytes]]:
    """The package that runs inside functions, by the names in a zip."""
    library = Path(gatewright.__file__).parent
    runtime = [
        (f"{RUNTIME}/{name}", path)
        for name, path in files_below(library / "runtime")
        if _is_code(name)
    ]
    package = [("gatewright/__init__.py", library / "__init__.py")]
    return [(name, path.read_bytes()) for name, path in package + runtime]


def _is_code(name: str) -> bool:
    path = PurePosixPath(name)
    hidden = any(part.startswith(".") for part in path.parts)
    aside = path.name == LOCK or path.suffix in _NOT_CODE_SUFFIXES
    return not (hidden or aside or path.parts[0] in _NOT_CODE_FOLDERS)


def content_hash(dependencies: str, files: list[tuple[str, bytes]]) -> str:
    """A hash of files by their names, and of what ``dependencies`` stands for."""
    # Not of the zip: how well it is compressed differs between machines.
    digest = hashlib.sha256(dependencies.encode())
    for name, content in files:
        digest.update(f"{name}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()


def _write(bundle: Path, dependencies: Path, files: list[tuple[str, bytes]]) -> None:
    # Appending to a copy of the dependencies leaves only the service's few files to compress.
    with tempfile.TemporaryDirectory(dir=bundle.parent) as work:
        draft = Path(shutil.copy(dependencies, work))
        with ZipFile(draft, "a") as archive:
            for name, content in files:
                add_file(archive, name, content)
        draft.replace(bundle)
