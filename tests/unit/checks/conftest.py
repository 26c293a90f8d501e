"""Where reports go in a test, an environment, and an outside service."""

from collections.abc import Iterator

import pytest

from tests.third_party_service import ThirdPartyService
from tests.unit.checks.fakes import BUCKET
from tests.unit.checks.outside import Aws
from tests.unit.checks.parts import Parts, parts


@pytest.fixture(autouse=True)
def bucket(monkeypatch: pytest.MonkeyPatch) -> None:
    """As a function on AWS has it."""
    monkeypatch.setenv("REPORTS_BUCKET", BUCKET)
    monkeypatch.delenv("AWS_ENDPOINT_URL", raising=False)


@pytest.fixture
def service() -> Iterator[ThirdPartyService]:
    with ThirdPartyService() as found:
        yield found


@pytest.fixture
def aws() -> Aws:
    return Aws()


@pytest.fixture
def shop() -> Iterator[Parts]:
    with parts() as found:
        yield found
