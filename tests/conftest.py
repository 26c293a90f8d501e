"""Options of every test run."""

from pathlib import Path

import pytest

_TESTS = Path(__file__).parent


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--environment",
        default=None,
        help="run the HTTP suite against this deployed environment of platform.yaml instead of "
        "an embedded AWS of the tests' own",
    )


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A folder's tests share a process, and with it their synthesis or their embedded AWS."""
    for item in items:
        folder = item.path.relative_to(_TESTS).parts[0]
        item.add_marker(pytest.mark.xdist_group(folder))
