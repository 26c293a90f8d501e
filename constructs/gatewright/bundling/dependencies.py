"""A function's locked dependencies, installed once per lock file and target."""

import compileall
import hashlib
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from zipfile import ZipFile

from gatewright.bundling.archive import add_tree
from gatewright.bundling.target import HOST, Target

# Files that differ between two installations of the same wheels, and that nothing reads.
_VOLATILE = ("RECORD", "INSTALLER", "REQUESTED", "direct_url.json", "uv_cache.json", ".lock")


class BundlingError(Exception):
    """A function could not be bundled. The text says which, why and what to do."""


def dependencies_key(lock: Path, target: Target) -> str:
    """A name for what ``lock`` installs for ``target``: the lock's hashes fix every file."""
    return hashlib.sha256(lock.read_bytes() + target.label.encode()).hexdigest()[:16]


def dependencies_zip(lock: Path, target: Target, cache: Path) -> Path:
    """The zip of everything that ``lock`` names, built for ``target``.

    ``lock`` is a requirements file with hashes. The zip is kept in ``cache``, so it is installed
    once, and only that once needs a network. Raises BundlingError with the installer's words.
    """
    done = cache / f"dependencies-{dependencies_key(lock, target)}.zip"
    if not done.exists():
        cache.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=cache) as work:
            site = Path(work) / "site"
            _install(lock, target, site)
            _drop_volatile(site)
            with ZipFile(Path(work) / done.name, "w") as archive:
                add_tree(archive, site)
            # Renaming last means that a cut-off run leaves no half-written zip behind.
            (Path(work) / done.name).replace(done)
    return done


def unpacked_dependencies(lock: Path, cache: Path) -> Path:
    """A folder with what ``lock`` names for this machine, to import a service's routes with.

    Kept in ``cache`` beside the zips. Raises BundlingError.
    """
    done = cache / f"dependencies-{dependencies_key(lock, HOST)}"
    if not done.exists():
        zipped = dependencies_zip(lock, HOST, cache)
        with tempfile.TemporaryDirectory(dir=cache) as work, ZipFile(zipped) as archive:
            site = Path(work) / "site"
            site.mkdir()  # a lock may be empty
            archive.extractall(site)
            compileall.compile_dir(site, quiet=2)
            site.replace(done)
    return done


def _install(lock: Path, target: Target, site: Path) -> None:
    platform = ["--python-platform", target.platform] if target.platform else []
    command = [
        *(sys.executable, "-m", "uv", "pip", "install", "--quiet", "--no-progress"),
        *("--target", str(site), "--python", sys.executable),
        *("--python-version", target.python_version, *platform),
        # The lock is complete but for the AWS SDK, which Lambda's runtime has.
        *("--no-deps", "--only-binary", ":all:", "--require-hashes", "--requirement", str(lock)),
    ]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    if ran.returncode != 0:
        raise BundlingError(
            f"{lock} could not be installed for {target.label}:\n{ran.stderr.strip()}\n"
            "Every dependency of a function needs a wheel for that platform, with its hash in the "
            "lock file; `make lock` renews it. The first bundling of a lock file needs a network."
        )


def _drop_volatile(site: Path) -> None:
    # Scripts name the interpreter that installed them, and a function never calls them.
    shutil.rmtree(site / "bin", ignore_errors=True)
    for path in list(site.rglob("*")):
        if path.name in _VOLATILE:
            path.unlink()
