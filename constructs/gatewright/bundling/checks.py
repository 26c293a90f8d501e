"""The code of the pipeline's Lambda actions as one zip, without dependencies."""

from pathlib import Path

import gatewright
from gatewright.bundling.archive import files_below
from gatewright.bundling.bundle import Bundle
from gatewright.bundling.plain import plain_bundle

# What a release leaves to be read, and how people are told of it.
_OF_CANARIES = tuple(f"canary/{name}.py" for name in ("__init__", "progress", "record"))


def bundle_checks(cache: Path) -> Bundle:
    """Bundle ``gatewright.checks``, which needs only what Lambda's Python runtime has.

    The handlers are ``gatewright.checks.contract_checks.handler``, ``third_party_check``,
    ``load_check`` and ``canary_watch``. ``cache`` keeps the zip.
    """
    return plain_bundle("checks", _files(), cache)


def _files() -> list[tuple[str, bytes]]:
    library = Path(gatewright.__file__).parent
    checks = [(f"gatewright/checks/{name}", path) for name, path in files_below(library / "checks")]
    package = [(f"gatewright/{name}", library / name) for name in ("__init__.py", *_OF_CANARIES)]
    return [(name, path.read_bytes()) for name, path in package + checks]
