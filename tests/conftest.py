"""Options of every test run."""

from pathlib import Path

import pytest

_TESTS = Path(__file__).parent
_LONGEST = "own_aws"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--environment",
        default=None,
        help="run the HTTP suite against this deployed environment of platform.yaml instead of "
        "an embedded AWS of the tests' own",
    )


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests of one group share a process, and with it their synthesis or their embedded AWS."""
    for item in items:
        item.add_marker(pytest.mark.xdist_group(_group(item)))
    # The group that takes longest begins first.
    items.sort(key=lambda item: _group(item) != _LONGEST)


def _group(item: pytest.Item) -> str:
    folder, *below = item.path.relative_to(_TESTS).parts
    fixtures = getattr(item, "fixturenames", ())
    if folder == "local" and ("own_aws" in fixtures or "target" in fixtures):
        return _LONGEST
    # Nothing is made for all of them, and small groups at the end let both processes end together.
    return f"{folder}/{below[0]}" if folder == "unit" else folder
