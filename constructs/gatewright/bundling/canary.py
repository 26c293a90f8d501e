"""The code of the function that carries releases through their canary, as one zip."""

from pathlib import Path

import gatewright
from gatewright.bundling.archive import files_below
from gatewright.bundling.bundle import Bundle
from gatewright.bundling.plain import plain_bundle

ON_EVENT = "gatewright.canary.handler.on_event"
IS_COMPLETE = "gatewright.canary.handler.is_complete"


def bundle_canary(cache: Path) -> Bundle:
    """Bundle ``gatewright.canary``, which needs only what Lambda's Python runtime has."""
    library = Path(gatewright.__file__).parent
    own = [(f"gatewright/canary/{name}", path) for name, path in files_below(library / "canary")]
    package = [("gatewright/__init__.py", library / "__init__.py")]
    return plain_bundle(
        "canary", [(name, path.read_bytes()) for name, path in package + own], cache
    )
