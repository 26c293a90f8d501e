"""The deployed platform, and what its contracts' SDKs are published to."""

from collections.abc import Iterator

import pytest

from gatewright.contract import public_document
from gatewright.contract.document import JsonObject
from local.embedded_aws import EmbeddedAws
from tests.local.conftest import own_aws, platform, target
from tests.local.target import Target
from tests.sdk.published.indexes import LocalIndexes, local_indexes
from tests.sdk.published.publication import Publication, new_publication

__all__ = ["own_aws", "platform", "target"]


@pytest.fixture(scope="session")
def contracts(target: Target) -> dict[str, JsonObject]:
    """The public documents of what is deployed."""
    return {api: public_document(contract) for api, contract in target.contracts.items()}


@pytest.fixture(scope="session")
def indexes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalIndexes]:
    with local_indexes(tmp_path_factory.mktemp("indexes")) as indexes:
        yield indexes


@pytest.fixture(scope="session")
def publication(
    own_aws: EmbeddedAws,
    indexes: LocalIndexes,
    contracts: dict[str, JsonObject],
    tmp_path_factory: pytest.TempPathFactory,
) -> Publication:
    """The first release, published."""
    publication = new_publication(own_aws, indexes, tmp_path_factory.mktemp("publication"))
    ended = publication.publish(contracts, "first")
    assert ended.returncode == 0, ended.stderr
    print(ended.stdout)
    return publication
