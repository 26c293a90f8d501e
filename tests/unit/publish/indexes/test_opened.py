"""Which indexes a publication has, with which credentials."""

import json

import pytest
from botocore.stub import Stubber

from gatewright.publish.errors import PublishError
from gatewright.publish.indexes.codeartifact import addresses
from gatewright.publish.indexes.index import Credentials
from gatewright.publish.indexes.opened import open_indexes
from gatewright.publish.indexes.secret import read_credentials
from gatewright.publish.settings import Repository, read_settings
from tests.unit.publish.fake_aws import FakeAws

NEEDED = ["--project", "shop", "--to", "s3://shop", "--execution", "one"]
SHOP = Repository(domain="shop", name="clients", owner="222222222222")


def test_codeartifact_is_an_index_of_each_kind_with_one_token() -> None:
    client = FakeAws().client("codeartifact")
    domain = {"domain": "shop", "domainOwner": "222222222222"}
    with Stubber(client) as stub:
        stub.add_response(
            "get_authorization_token",
            {"authorizationToken": "a-token"},
            {**domain, "durationSeconds": 3600},
        )
        for kind in ("pypi", "npm", "maven"):
            stub.add_response(
                "get_repository_endpoint",
                {"repositoryEndpoint": f"https://shop.example/{kind}/clients/"},
                {**domain, "repository": "clients", "format": kind},
            )
        found = list(addresses(SHOP, client))
        stub.assert_no_pending_responses()
    assert [address.url for address in found] == [
        f"https://shop.example/{kind}/clients/" for kind in ("pypi", "npm", "maven")
    ]
    user = Credentials(username="aws", password="a-token")
    assert [address.credentials for address in found] == [user, Credentials(token="a-token"), user]
    assert "a-token" not in repr(found)


@pytest.mark.parametrize(
    "action", ["codeartifact:GetAuthorizationToken", "codeartifact:GetRepositoryEndpoint"]
)
def test_codeartifact_that_refuses_is_named(action: str) -> None:
    aws = FakeAws()
    aws.denied.add(action)
    with pytest.raises(PublishError, match=r"shop/clients: .*gatewright\.publish\.permissions"):
        list(addresses(SHOP, aws.client("codeartifact")))


def test_no_index_asks_for_nothing() -> None:
    aws = FakeAws()
    assert open_indexes(read_settings([*NEEDED, "--index-secret", "s"]), aws.client) == {}
    assert aws.actions == set()


def test_an_index_may_need_no_credentials() -> None:
    aws = FakeAws()
    assert set(
        open_indexes(read_settings([*NEEDED, "--npm", "https://n.example"]), aws.client)
    ) == {"npm"}
    assert aws.actions == set()


@pytest.mark.parametrize(
    "content", [{"username": "publisher", "password": "secret"}, {"token": "secret"}]
)
def test_a_secret_has_a_name_and_a_password_or_a_token(content: dict[str, str]) -> None:
    aws = FakeAws()
    aws.secrets["indexes"] = json.dumps(content)
    known = read_credentials("indexes", aws.client("secretsmanager"))
    assert known == Credentials(**content)
    assert known.secrets == ("secret",)
    assert "secret" not in repr(known)


@pytest.mark.parametrize("text", ["", "[]", "very-secret", '{"username": "very-secret"}', "{}"])
def test_another_secret_is_refused_without_being_told(text: str) -> None:
    aws = FakeAws()
    aws.secrets["indexes"] = text
    with pytest.raises(PublishError, match="the secret indexes of the indexes") as raised:
        read_credentials("indexes", aws.client("secretsmanager"))
    assert "very-secret" not in str(raised.value)


def test_a_missing_secret_is_named() -> None:
    with pytest.raises(PublishError, match=r"the secret indexes .*Put "):
        read_credentials("indexes", FakeAws().client("secretsmanager"))
