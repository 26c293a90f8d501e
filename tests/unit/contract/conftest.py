from pathlib import Path

import pytest

from tests.unit.contract.services import Read, Service


@pytest.fixture
def service(tmp_path: Path) -> Service:
    return Service(tmp_path / "lambda_src")


@pytest.fixture
def read(service: Service) -> Read:
    """The contract of a service whose routes are ``code``."""
    return lambda code: service.write(code).read()
