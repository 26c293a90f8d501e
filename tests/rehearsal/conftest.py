"""One small platform, released once; then each test makes a commit."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from local.embedded_aws import EmbeddedAws
from local.rehearse import released
from local.server_process import start, stop
from tests.rehearsal.corner import SECRET, Corner, new_corner
from tests.third_party_service import ThirdPartyService


@pytest.fixture(scope="session")
def outside() -> Iterator[ThirdPartyService]:
    """The service that checks beta."""
    with ThirdPartyService(secret=SECRET, behaviour="pass") as service:
        yield service


@pytest.fixture(scope="session")
def corner(
    outside: ThirdPartyService, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Corner]:
    """The platform, after its first release."""
    with unreleased(tmp_path_factory.mktemp("corner"), outside) as corner:
        assert released(corner.release("Open the shop"))
        yield corner


@contextmanager
def unreleased(folder: Path, outside: ThirdPartyService) -> Iterator[Corner]:
    """The platform on an embedded AWS of its own, which stops when the block ends."""
    aws = EmbeddedAws(
        port=_free_port(), account="000000000000", region="us-east-1", folder=folder / "aws"
    )
    start(aws)
    try:
        there = replace(aws, account="111111111111")
        there.client("secretsmanager").create_secret(Name="outside", SecretString=SECRET)
        yield new_corner(folder / "repository", aws, outside.url)
    finally:
        stop(aws.folder)


@pytest.fixture
def changed(corner: Corner) -> Iterator[Corner]:
    """The platform for a test that commits something bad, which is taken back afterwards."""
    yield corner
    corner.undo()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
