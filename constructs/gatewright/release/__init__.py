"""How a stage moves from one release to the next."""

from gatewright.release.function_release import FunctionRelease
from gatewright.release.release_id import release_id

__all__ = ["FunctionRelease", "release_id"]
