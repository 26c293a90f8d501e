"""The code of the pipeline's Lambda actions as one zip, without dependencies."""

from pathlib import Path

import gatewright
from gatewright.bundling.archive import files_below
from gatewright.bundling.bundle import Bundle
from gatewright.bundling.plain import plain_bundle

# What a release leaves to be read, how people are told of it, and how old ones are removed.
_OF_RELEASES = (
    *(f"canary/{name}.py" for name in ("__init__", "progress", "record")),
    *(
        f"operations/{name}.py"
        for name in (
            "__init__",
            "deployed",
            "release_reading",
            "release_sweep",
            "releases",
            "sweeping",
        )
    ),
)


def bundle_checks(cache: Path) -> Bundle:
    """Bundle ``gatewright.checks``, which needs only what Lambda's Python runtime has.

    The handlers are ``gatewright.checks.contract_checks.handler``, ``third_party_check``,
    ``load_check``, ``canary_watch`` and ``release_sweep``. ``cache`` keeps the zip.
    """
    return plain_bundle("checks", _files(), cache)


def _files() -> list[tuple[str, bytes]]:
    library = Path(gatewright.__file__).parent
    checks = [(f"gatewright/checks/{name}", path) for name, path in files_below(library / "checks")]
    package = [(f"gatewright/{name}", library / name) for name in ("__init__.py", *_OF_RELEASES)]
    return [(name, path.read_bytes()) for name, path in package + checks]
