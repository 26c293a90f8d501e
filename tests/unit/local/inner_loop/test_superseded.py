"""Old releases go; the last few, and aliases that are no release's, stay."""

from pathlib import Path
from typing import Any

from local.embedded_aws import EmbeddedAws
from local.inner_loop.assembly import SynthesisedStack
from local.inner_loop.superseded import KEPT, Superseded, superseded


def test_the_oldest_by_version_go() -> None:
    aliases = [f"r-{number:010x}-{number}" for number in (9, 12, 2, 10, 11)]
    assert KEPT == 3
    assert superseded(aliases) == ["r-0000000002-2", "r-0000000009-9"]


def test_few_releases_stay() -> None:
    assert superseded(["r-0000000001-1", "r-0000000002-2", "r-0000000003-3"]) == []


def test_an_alias_of_somebody_else_stays() -> None:
    names = ["live", "r-1-1", "beta-0000000001-1"]
    assert superseded([*names, *(f"r-{number:010x}-{number}" for number in range(1, 4))]) == []


class Session:
    """A boto3 session whose every client is the same fake."""

    def __init__(self, client: Any) -> None:
        self._client = client

    def client(self, _service: str, **_options: Any) -> Any:
        return self._client


class Deployed:
    """A function of five releases, of which a stage serves the first."""

    def __init__(self) -> None:
        self.deleted: list[str] = []

    def describe_stack_resources(self, **_names: str) -> Any:
        kinds = {"AWS::Lambda::Function": "fn", "AWS::ApiGateway::RestApi": "api"}
        return {
            "StackResources": [
                {"ResourceType": kind, "PhysicalResourceId": name} for kind, name in kinds.items()
            ]
        }

    def get_stages(self, restApiId: str) -> Any:  # noqa: N803 - the name is AWS's
        assert restApiId == "api"
        aliases = (release(1), release(5))
        return {"item": [{"variables": {"lambdaAlias": alias}} for alias in aliases]}

    def get_paginator(self, _operation: str) -> Any:
        return self

    def paginate(self, **_names: str) -> Any:
        return [{"Aliases": [{"Name": release(n), "FunctionVersion": n} for n in range(1, 6)]}]

    def delete_alias(self, **names: str) -> None:
        self.deleted.append(names["Name"])

    def delete_function(self, **_names: str) -> None:
        """The version goes with its alias."""


def release(number: int) -> str:
    return f"r-0123456789-{number}"


def test_a_release_that_a_stage_still_calls_is_kept(tmp_path: Path) -> None:
    deployed = Deployed()
    aws = EmbeddedAws(port=1, account="000000000000", region="us-east-1", folder=tmp_path)
    stack = SynthesisedStack(
        name="shop-local-foods-v1",
        construct_path="local/foods-v1",
        template={},
        template_url="",
        tags={},
        protected=False,
        assets=(),
    )
    Superseded(aws, Session(deployed)).after(stack)
    assert deployed.deleted == [release(2)]
