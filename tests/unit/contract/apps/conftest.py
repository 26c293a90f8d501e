"""Chalice itself, as the showcase's service locks it: the platform does not have it."""

from pathlib import Path

import pytest

from gatewright.bundling import unpacked_dependencies
from stacks.contracts import BUNDLES

ROOT = Path(__file__).parents[4]


@pytest.fixture(scope="session")
def chalice_package() -> Path:
    """A folder with the package."""
    lock = ROOT / "tests" / "showcase" / "lambda_src" / "chaliced" / "requirements.txt"
    return unpacked_dependencies(lock, ROOT / BUNDLES)
