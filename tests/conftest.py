"""Options of every test run."""

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--environment",
        default=None,
        help="run the HTTP suite against this deployed environment of platform.yaml instead of "
        "an embedded AWS of the tests' own",
    )
