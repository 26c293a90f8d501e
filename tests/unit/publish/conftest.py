"""What the tests of publishing share."""

import boto3
import pytest

from tests.unit.publish.fake_aws import FakeAws


@pytest.fixture
def aws(monkeypatch: pytest.MonkeyPatch) -> FakeAws:
    """An AWS in memory, which boto3's clients talk to."""
    fake = FakeAws()
    monkeypatch.setattr(boto3, "client", fake.client)
    return fake
