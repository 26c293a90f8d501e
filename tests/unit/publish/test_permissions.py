"""The table of permissions is what publishing calls, and nothing else."""

import json
from pathlib import Path

import pytest

from gatewright.publish import __main__ as command
from gatewright.publish.permissions import ACTIONS
from gatewright.publish.release import Tools, publish
from gatewright.publish.settings import Settings, read_settings
from tests.unit.publish.fake_aws import FakeAws
from tests.unit.publish.release_parts import document

# What is called over HTTPS, by STS and by S3 on behalf of the caller: no client sees it.
_UNSEEN = {
    "sts:GetServiceBearerToken",
    "codeartifact:ReadFromRepository",
    "codeartifact:PublishPackageVersion",
    "codeartifact:PutPackageMetadata",
    "kms:GenerateDataKey",
    "kms:Decrypt",
}


def settings(folder: Path, *arguments: str) -> Settings:
    needed = ["--project", "shop", "--to", "s3://shop", "--execution", "one"]
    told = ["--documents", str(folder), "--language", "--signing-key", "key"]
    return read_settings([*needed, *told, *arguments])


def released(aws: FakeAws, settings: Settings, *apis: str) -> set[str]:
    """The actions that a release of these APIs uses, with signatures and indexes."""
    for api in apis:
        (settings.documents / f"{api}.json").write_text(json.dumps(document("list_goods")))
    tools = command.tools_for(settings)
    publish({api: document("list_goods") for api in apis}, "one", tools, lambda _: None)
    _ask_for_the_rest(tools)
    return aws.actions


def _ask_for_the_rest(tools: Tools) -> None:
    """What a release with SDKs does besides."""
    assert tools.signer
    tools.place.write("sdks/shop-v1/1.0.0/SHA256SUMS.sig", tools.signer.sign(b""))
    tools.place.write("signing-key.pem", tools.signer.public_key())
    tools.indexes()


@pytest.mark.parametrize(
    ("arguments", "parts"),
    [
        (["--codeartifact", "shop/clients"], {"codeartifact"}),
        (["--npm", "https://n.example", "--index-secret", "indexes"], {"secret"}),
    ],
)
def test_a_release_calls_what_the_table_lists(
    aws: FakeAws, tmp_path: Path, arguments: list[str], parts: set[str]
) -> None:
    aws.secrets["indexes"] = json.dumps({"token": "a-token"})
    told = settings(tmp_path, *arguments)
    released(aws, told, "shop-v1", "till-v1")
    (tmp_path / "till-v1.json").unlink()
    used = released(aws, told, "shop-v1")
    table = {
        action
        for part, actions in ACTIONS.items()
        if part in {"read", "write", "sign", "public key", *parts}
        for action in actions
    }
    assert used == table - _UNSEEN


def test_what_no_client_sees_is_in_the_table() -> None:
    assert {action for actions in ACTIONS.values() for action in actions} >= _UNSEEN
