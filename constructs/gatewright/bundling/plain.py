"""A function of the library's own, as one zip without dependencies."""

import tempfile
from pathlib import Path
from zipfile import ZipFile

from gatewright.bundling.archive import add_file
from gatewright.bundling.bundle import Bundle, content_hash


def plain_bundle(name: str, files: list[tuple[str, bytes]], cache: Path) -> Bundle:
    """The zip of ``files`` by their names in it; ``name`` is its own.

    Equal files give equal bytes on one machine, and an equal hash on every one. ``cache`` keeps it.
    """
    digest = content_hash("", files)
    bundle = cache / f"{name}-{digest[:16]}.zip"
    if not bundle.exists():
        cache.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=cache) as work:
            draft = Path(work) / bundle.name
            with ZipFile(draft, "w") as archive:
                for file, content in files:
                    add_file(archive, file, content)
            # Renaming last means that a cut-off run leaves no half-written zip behind.
            draft.replace(bundle)
    return Bundle(path=bundle, content_hash=digest)
