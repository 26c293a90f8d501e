"""The code of the pipeline's Lambda actions as one zip, without dependencies."""

from pathlib import Path

import gatewright
from gatewright.bundling.archive import files_below
from gatewright.bundling.bundle import Bundle
from gatewright.bundling.plain import plain_bundle


def bundle_checks(cache: Path) -> Bundle:
    """Bundle ``gatewright.checks``, which needs only what Lambda's Python runtime has.

    The handlers are ``gatewright.checks.contract_checks.handler``, ``third_party_check`` and
    ``load_check``. ``cache`` keeps the zip.
    """
    return plain_bundle("checks", _files(), cache)


def _files() -> list[tuple[str, bytes]]:
    library = Path(gatewright.__file__).parent
    checks = [(f"gatewright/checks/{name}", path) for name, path in files_below(library / "checks")]
    package = [("gatewright/__init__.py", library / "__init__.py")]
    return [(name, path.read_bytes()) for name, path in package + checks]
