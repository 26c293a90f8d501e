"""The version of a client."""

import pytest

from gatewright.sdk.errors import SdkError
from gatewright.sdk.version import client_version


@pytest.mark.parametrize(
    ("written", "version"), [("2.10.3", "2.10.3"), ("v1", "1.0.0"), ("v12", "12.0.0")]
)
def test_of_a_document(written: str, version: str) -> None:
    assert client_version(written, "foods-v1.json") == version


@pytest.mark.parametrize("written", ["1.2", "1.02.3", "1.2.3-rc.1", "v0", "latest", "", None, 2])
def test_another_one_is_refused_with_the_document_and_a_remedy(written: object) -> None:
    with pytest.raises(SdkError, match=r"foods-v1.json: info.version is .*\n  remedy: write <maj"):
        client_version(written, "foods-v1.json")
