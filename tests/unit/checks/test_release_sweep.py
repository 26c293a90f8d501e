"""The action that removes old releases: what it removes, tells, and leaves to the next one."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest
from botocore.exceptions import ClientError

from gatewright.checks.job import read_job
from gatewright.checks.outcome import Passed
from gatewright.checks.parameters import ParameterError
from gatewright.checks.sweep.releases import sweep_releases
from gatewright.checks.time_left import TimeLeft
from tests.unit.checks.fakes import PLACE, Context, FakeS3, job_event, zipped

STACK = "shop-beta-parts-v1"
ONE, TWO, THREE = (f"r-{number:010x}-{number}" for number in (1, 2, 3))
PARAMETERS = {**PLACE, "keep": 2}


def denied(operation: str) -> ClientError:
    return ClientError({"Error": {"Code": "AccessDenied", "Message": "not allowed"}}, operation)


class Released:
    """Three releases of one API, of code and contract, as AWS tells of them."""

    exceptions = SimpleNamespace(
        ClientError=ClientError, NotFoundException=KeyError, ResourceNotFoundException=KeyError
    )

    def __init__(self) -> None:
        self.removed: list[str] = []
        self.problem: ClientError | None = None

    def client(self, _service: str) -> Released:
        return self

    def get_paginator(self, operation: str) -> Any:
        found: Callable[[str], dict[str, Any]] = getattr(self, f"_{operation}")

        def paginate(**names: str) -> Iterator[dict[str, Any]]:
            [name] = names.values()
            yield found(name)

        return SimpleNamespace(paginate=paginate)

    def _list_stack_resources(self, stack: str) -> dict[str, Any]:
        if self.problem:
            raise self.problem
        assert stack == STACK
        named = {"AWS::ApiGateway::RestApi": "api", "AWS::Lambda::Function": "one"}
        return {
            "StackResourceSummaries": [
                {"ResourceType": kind, "PhysicalResourceId": name} for kind, name in named.items()
            ]
        }

    def _list_aliases(self, _function: str) -> dict[str, Any]:
        names = enumerate((ONE, TWO, THREE), 1)
        return {"Aliases": [{"Name": name, "FunctionVersion": str(n)} for n, name in names]}

    def _list_versions_by_function(self, _function: str) -> dict[str, Any]:
        return {
            "Versions": [
                {"Version": str(n), "LastModified": f"2026-01-0{n}T12:00:00+00:00"}
                for n in (1, 2, 3)
            ]
        }

    def _get_deployments(self, _api: str) -> dict[str, Any]:
        return {
            "items": [
                {
                    "id": f"d{n}",
                    "description": name,
                    "createdDate": datetime(2026, 1, n, 13, tzinfo=UTC),
                }
                for n, name in enumerate((ONE, TWO, THREE), 1)
            ]
        }

    def get_stages(self, **_names: str) -> dict[str, Any]:
        stage = {"deploymentId": "d3", "variables": {"lambdaAlias": THREE}}
        return {"item": [{"stageName": "live", **stage}]}

    def get_policy(self, *, FunctionName: str, Qualifier: str) -> dict[str, Any]:  # noqa: N803
        assert FunctionName
        return {"Policy": json.dumps({"Statement": [{"Sid": f"of {Qualifier}"}]})}

    def remove_permission(self, *, StatementId: str, **_names: str) -> None:  # noqa: N803
        self.removed.append(f"permission {StatementId}")

    def delete_alias(self, *, Name: str, **_names: str) -> None:  # noqa: N803
        self.removed.append(f"alias {Name}")

    def delete_function(self, *, FunctionName: str, Qualifier: str) -> None:  # noqa: N803
        self.removed.append(f"version {Qualifier} of {FunctionName}")

    def delete_deployment(self, *, deploymentId: str, **_names: str) -> None:  # noqa: N803
        self.removed.append(f"deployment {deploymentId}")


@pytest.fixture
def aws() -> Released:
    return Released()


def artifact(*apis: str) -> FakeS3:
    s3 = FakeS3()
    files = {f"openapi/{api}.json": '{"openapi": "3.0.3", "paths": {}}' for api in apis}
    s3.objects["artifacts", "p/docs/1"] = zipped(files)
    return s3


def swept(
    aws: Released, parameters: Any = PARAMETERS, seconds: float = 900, apis: Any = ("parts-v1",)
) -> str:
    outcome = sweep_releases(
        read_job(job_event(parameters)),
        TimeLeft(Context(seconds)),
        own=aws.client,
        artifact=lambda _service: artifact(*apis),
        environment=aws.client,
    )
    assert isinstance(outcome, Passed)
    return outcome.summary


def test_what_is_older_than_the_last_few_is_removed_and_told(aws: Released) -> None:
    assert swept(aws) == f"parts-v1: removed {ONE}, deployment d1; the last 2 releases stay."
    assert aws.removed == ["deployment d1", f"permission of {ONE}", f"alias {ONE}",
                           "version 1 of one"]  # fmt: skip


def test_nothing_old_is_told_as_such(aws: Released) -> None:
    assert swept(aws, {**PARAMETERS, "keep": 3}) == "Nothing to remove, with 3 to keep."
    assert not aws.removed


def test_what_cannot_be_removed_is_left_and_the_release_goes_on(aws: Released) -> None:
    aws.problem = denied("ListStackResources")
    assert "parts-v1: left to the next release" in (told := swept(aws))
    assert "not allowed" in told
    aws.problem = ClientError(
        {"Error": {"Code": "ValidationError", "Message": "Stack does not exist"}}, "x"
    )
    assert f"Stack {STACK} is not deployed" in swept(aws)


def test_what_there_is_no_time_for_is_left(aws: Released) -> None:
    assert swept(aws, seconds=1) == "parts-v1: left to the next release, since the time is up."
    assert not aws.removed


@pytest.mark.parametrize("keep", [0, 1001, "3", None])
def test_how_many_stay_is_a_number(aws: Released, keep: object) -> None:
    with pytest.raises(ParameterError, match='"keep" must be a whole number from 1 to 1000'):
        swept(aws, {**PARAMETERS, "keep": keep})
    assert not aws.removed
