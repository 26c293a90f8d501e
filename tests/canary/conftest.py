"""One till for all tests of releases: each leaves it with a release that serves everybody."""

from collections.abc import Iterator

import pytest

from gatewright.config import load_platform
from local.progress import Progress
from local.server_process import stop
from local.up import start_and_bootstrap
from tests.canary.releasing import PLATFORM, Till, till_in
from tests.local.conftest import new_aws


@pytest.fixture(scope="session")
def deployed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Till]:
    """The till, deployed for the first time."""
    platform = load_platform(PLATFORM / "platform.yaml")
    aws = new_aws(platform, tmp_path_factory.mktemp("canary-aws"))
    try:
        start_and_bootstrap(aws, Progress())
        till = till_in(aws, tmp_path_factory.mktemp("till") / "platform")
        till.deploy()
        yield till
    finally:
        stop(aws.folder)


@pytest.fixture
def till(deployed: Till) -> Till:
    """It has no canary, and healthy code."""
    assert not deployed.canary
    deployed.change(RAISES=0.0, SECONDS=0.0)
    deployed.restore_contract()
    return deployed
