"""The code of the function that carries releases through their canary, as one zip."""

from pathlib import Path

import gatewright
from gatewright.bundling.archive import files_below
from gatewright.bundling.bundle import LOCK, Bundle, bundled
from gatewright.bundling.plain import plain_bundle
from gatewright.bundling.target import Target

ON_EVENT = "gatewright.canary.handler.on_event"
IS_COMPLETE = "gatewright.canary.handler.is_complete"


def bundle_canary(target: Target, cache: Path, *, smoke: bool) -> Bundle:
    """Bundle ``gatewright.canary``, which needs only what Lambda's Python runtime has.

    For a ``smoke`` check it needs its lock too, which is installed for ``target`` the first time.
    Raises BundlingError.
    """
    library = Path(gatewright.__file__).parent
    found = [("gatewright/__init__.py", library / "__init__.py")]
    found += [
        (f"gatewright/canary/{name}", path)
        for name, path in files_below(library / "canary")
        if path.suffix == ".py"
    ]
    files = [(name, path.read_bytes()) for name, path in found]
    if not smoke:
        return plain_bundle("canary", files, cache)
    return bundled("canary-smoke", library / "canary" / LOCK, files, target, cache)
