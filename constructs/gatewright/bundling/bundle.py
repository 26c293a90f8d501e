"""A function's code as one zip: its service's folder, the runtime and the dependencies."""

import hashlib
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from zipfile import ZipFile

import gatewright
from gatewright.bundling.archive import add_file, source_files
from gatewright.bundling.dependencies import BundlingError, dependencies_zip
from gatewright.bundling.target import Target

_LOCK = "requirements.txt"
_NOT_CODE = (_LOCK, "requirements.in")


@dataclass(frozen=True, kw_only=True)
class Bundle:
    """A zip to give to Lambda, and the hash of what is in it."""

    path: Path
    content_hash: str


def bundle_service(service: Path, target: Target, cache: Path) -> Bundle:
    """Bundle the folder of one service, ``lambda_src/<service>``, for ``target``.

    The folder becomes a package of its own name, beside ``gatewright.runtime`` and everything
    that the folder's ``requirements.txt`` (with hashes) names. Equal input gives equal bytes,
    whatever the folder's path. ``cache`` keeps what was bundled. Raises BundlingError.
    """
    lock = service / _LOCK
    if not lock.is_file():
        raise BundlingError(
            f"{service} has no {_LOCK}. List what the service needs in "
            f"{service / 'requirements.in'} and run `make lock`."
        )
    dependencies = dependencies_zip(lock, target, cache)
    files = _code(service)
    content_hash = _hash(dependencies, files)
    bundle = cache / f"{service.name}-{content_hash[:16]}.zip"
    if not bundle.exists():
        _write(bundle, dependencies, files)
    return Bundle(path=bundle, content_hash=content_hash)


def _code(service: Path) -> list[tuple[str, bytes]]:
    library = Path(gatewright.__file__).parent
    own = [(f"{service.name}/{name}", path) for name, path in source_files(service)]
    runtime = [
        (f"gatewright/runtime/{name}", path) for name, path in source_files(library / "runtime")
    ]
    package = [("gatewright/__init__.py", library / "__init__.py")]
    return [
        (name, path.read_bytes())
        for name, path in own + package + runtime
        if name.removeprefix(f"{service.name}/") not in _NOT_CODE
    ]


def _hash(dependencies: Path, files: list[tuple[str, bytes]]) -> str:
    digest = hashlib.sha256(hashlib.sha256(dependencies.read_bytes()).digest())
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
