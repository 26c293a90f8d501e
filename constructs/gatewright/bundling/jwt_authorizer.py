"""The platform's own authorizer function as one zip, with the dependencies of its own lock."""

from collections.abc import Mapping
from pathlib import Path

import gatewright
from gatewright.bundling.bundle import JWT_AUTHORIZER, LOCK, RUNTIME, Bundle, bundled, runtime_files
from gatewright.bundling.target import Target

JWT_HANDLER = f"{RUNTIME}/{JWT_AUTHORIZER}/function".replace("/", ".") + ".handler"
"""How Lambda names its function."""


def bundle_jwt_authorizer(target: Target, cache: Path, more: Mapping[str, bytes]) -> Bundle:
    """Bundle ``gatewright.runtime.jwt_authorizer`` for ``target``, with the files ``more``.

    ``cache`` keeps it. Raises BundlingError; its dependencies are installed when a platform first
    has such an authorizer, which needs a network that once.
    """
    lock = Path(gatewright.__file__).parent / "runtime" / JWT_AUTHORIZER / LOCK
    files = [*runtime_files(), *more.items()]
    return bundled("jwt-authorizer", lock, files, target, cache)
