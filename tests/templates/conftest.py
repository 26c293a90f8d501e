"""One synthesis for all tests that only read templates."""

from pathlib import Path

import pytest

from tests.synthesis import Template, synthesise


@pytest.fixture(scope="session")
def outdir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The cloud assembly of the shipped platform, once ``templates`` is there."""
    return tmp_path_factory.mktemp("cdk.out")


@pytest.fixture(scope="session")
def templates(outdir: Path) -> dict[str, Template]:
    """Every stack of the shipped platform, by account, region and name."""
    return synthesise(outdir)


@pytest.fixture(scope="session")
def local_api(templates: dict[str, Template]) -> Template:
    return templates["000000000000-us-east-1/gatewright-local-foods-v1"]


@pytest.fixture(scope="session")
def release(templates: dict[str, Template]) -> Template:
    return templates["111111111111-us-east-1/gatewright-pipeline"]


@pytest.fixture(scope="session")
def prod_api(templates: dict[str, Template]) -> Template:
    return templates["111111111111-us-east-1/gatewright-prod-foods-v1"]
