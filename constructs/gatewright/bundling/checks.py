"""The code of the pipeline's Lambda actions as one zip, without dependencies."""

import tempfile
from pathlib import Path
from zipfile import ZipFile

import gatewright
from gatewright.bundling.archive import add_file, files_below
from gatewright.bundling.bundle import Bundle, content_hash


def bundle_checks(cache: Path) -> Bundle:
    """Bundle ``gatewright.checks``, which needs only what Lambda's Python runtime has.

    The handlers are ``gatewright.checks.contract_checks.handler``, ``third_party_check`` and
    ``load_check``. Equal code gives equal bytes on one machine, and an equal hash on every one.
    ``cache`` keeps the zip.
    """
    files = _files()
    digest = content_hash("", files)
    bundle = cache / f"checks-{digest[:16]}.zip"
    if not bundle.exists():
        cache.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=cache) as work:
            draft = Path(work) / bundle.name
            with ZipFile(draft, "w") as archive:
                for name, content in files:
                    add_file(archive, name, content)
            # Renaming last means that a cut-off run leaves no half-written zip behind.
            draft.replace(bundle)
    return Bundle(path=bundle, content_hash=digest)


def _files() -> list[tuple[str, bytes]]:
    library = Path(gatewright.__file__).parent
    checks = [(f"gatewright/checks/{name}", path) for name, path in files_below(library / "checks")]
    package = [("gatewright/__init__.py", library / "__init__.py")]
    return [(name, path.read_bytes()) for name, path in package + checks]
