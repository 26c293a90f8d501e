"""The tables of permissions are what the checks call, and nothing else."""

import functools
import json
from collections.abc import Callable, Mapping
from typing import Any

import botocore.session
import pytest
from botocore import xform_name

from gatewright.checks import clients
from gatewright.checks.action import Work, run_action
from gatewright.checks.canary.watch import watch_canaries
from gatewright.checks.contract.suite import check_contract
from gatewright.checks.errors import CheckError
from gatewright.checks.job import continuation_token
from gatewright.checks.load.check import check_load
from gatewright.checks.permissions import ACTIONS, ENVIRONMENT, OWN
from gatewright.checks.sweep.releases import sweep_releases
from gatewright.checks.third_party.check import check_by_third_party
from tests.third_party_service import ThirdPartyService
from tests.unit.checks.fakes import BUCKET, PLACE, Context, FakePipeline, job_event
from tests.unit.checks.parts import API, Parts
from tests.unit.checks.test_canary_watch import Environment
from tests.unit.checks.test_release_sweep import Released, artifact

ROLE = "arn:aws:iam::222222222222:role/environment"
ALL = {**PLACE, "role": ROLE, "key": "demo"}


@functools.cache
def _action(service: str, method: str) -> str | None:
    """The IAM action of a boto3 method; none where AWS asks for no credentials."""
    model = botocore.session.get_session().get_service_model(service)
    [operation] = [
        model.operation_model(name) for name in model.operation_names if xform_name(name) == method
    ]
    if operation.auth_type == "none":
        return None
    # API Gateway's actions are named after methods of HTTP. AWS: "Actions, resources, and
    # condition keys for Amazon API Gateway Management".
    name = operation.http["method"] if service == "apigateway" else operation.name
    return f"{service}:{name}"


class Recorder:
    """Clients that remember which actions they were used for."""

    def __init__(self, make: Callable[[str], Any]) -> None:
        self._make = make
        self.actions: set[str] = set()

    def client(self, service: str) -> Any:
        return _Recorded(service, self._make(service), self.actions)


class _Recorded:
    def __init__(self, service: str, client: Any, actions: set[str]) -> None:
        self._service, self._client, self._actions = service, client, actions

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._client, name)
        if name == "exceptions":
            return found

        def call(*arguments: Any, **fields: Any) -> Any:
            # Whoever uses a presigned URL does it with the rights of the one who made it, and
            # pages are of an operation.
            named = name in ("generate_presigned_url", "get_paginator")
            method = arguments[0] if named else name
            action = _action(self._service, method)
            self._actions.update({action} if action else ())
            return found(*arguments, **fields)

        return call


class World:
    """A shop, and what was asked of its AWS by the function's role and by the environment's."""

    def __init__(self, shop: Parts) -> None:
        self.pipeline = FakePipeline()
        self.own = Recorder(self._own)
        self.environment = Recorder(shop.client)
        self.shop = shop

    def _own(self, service: str) -> Any:
        extra = {"codepipeline": self.pipeline, "sts": _Sts(), "secretsmanager": _Secrets()}
        return extra.get(service) or self.shop.client(service)

    def run(self, work: Work, parameters: Mapping[str, Any], token: str | None = None) -> None:
        self.pipeline.results.clear()
        event = job_event(parameters, token)
        run_action(event, Context(), work, self.own.client("codepipeline"))

    def run_both_ways(self, work: Work, parameters: Mapping[str, Any], token: str) -> None:
        """To success and to failure, and in a job that goes on."""

        def fail(*_arguments: object) -> Any:
            raise CheckError("to see a failure reported")

        self.run(work, parameters)
        self.run(work, parameters, token)
        self.run(fail, parameters)


class _Sts:
    def assume_role(self, **fields: Any) -> Any:
        assert fields["RoleArn"] == ROLE
        assert len(fields["RoleSessionName"]) <= 64
        keys = ("AccessKeyId", "SecretAccessKey", "SessionToken")
        return {"Credentials": dict.fromkeys(keys, "x")}


class _Secrets:
    def get_secret_value(self, **_fields: Any) -> Any:
        return {"SecretString": "shared-secret"}


@pytest.fixture
def world(shop: Parts, monkeypatch: pytest.MonkeyPatch) -> World:
    found = World(shop)
    # The role's credentials lead to the environment.
    monkeypatch.setattr(clients, "_clients", lambda _session: found.environment.client)
    return found


def _of(parts_of_check: tuple[str, ...]) -> set[str]:
    return {action for part in parts_of_check for action in ACTIONS[part]}


def _artifact(world: World) -> Callable[[str], Any]:
    return lambda _service: world.shop.s3


@pytest.mark.parametrize("suite", ["contract", "smoke"])
def test_the_contract_checks(world: World, suite: str) -> None:
    def work(job: Any, left: Any) -> Any:
        own, artifact = world.own.client, _artifact(world)
        return check_contract(job, left, own=own, artifact=artifact, patience=0)

    # With a pool that demands a second factor, all of a user's calls are seen.
    world.shop.cognito.mfa = True
    parameters = {**ALL, "suite": suite, "users": True, "rate": 1000}
    world.run_both_ways(work, parameters, continuation_token({"mark": "0badcafe"}))
    assert world.own.actions == _of(OWN["contract"])
    assert world.environment.actions == _of(ENVIRONMENT[suite])


def test_the_load_check(world: World) -> None:
    def work(job: Any, left: Any) -> Any:
        return check_load(job, left, own=world.own.client, artifact=_artifact(world))

    parameters = {**ALL, "requests": 3, "max_error_share": 1}
    world.run_both_ways(work, parameters, continuation_token({"requests": 3}))
    assert world.own.actions == _of(OWN["load"])
    assert world.environment.actions == _of(ENVIRONMENT["load"])


@pytest.mark.parametrize("mode", ["poll", "callback"])
def test_the_third_party_check(world: World, mode: str) -> None:
    def work(job: Any, left: Any) -> Any:
        return check_by_third_party(job, left, own=world.own.client, sleep=lambda _seconds: None)

    with ThirdPartyService() as service:
        parameters = {
            **PLACE, "role": ROLE, "url": service.url, "secret": "probes", "apis": [API],
            "mode": mode, "poll_seconds": 0,
        }  # fmt: skip
        world.run(work, parameters)
        [(_, result)] = world.pipeline.results
        token = result["continuationToken"]
        run_id = json.loads(token)["run"]
        done = json.dumps(service.result(run_id, passed=True)).encode()
        world.shop.s3.put_object(Bucket=BUCKET, Key=f"results/{run_id}.json", Body=done)
        world.run_both_ways(work, parameters, token)
    # ListBucket is no call: it is what turns the 403 for a missing object into a 404.
    action = "third-party" if mode == "poll" else "third-party callback"
    assert world.own.actions == _of(OWN[action]) - {"s3:ListBucket"}
    assert world.environment.actions == _of(ENVIRONMENT["third-party"])


def test_what_shows_canaries(world: World) -> None:
    aws = Environment()
    aws.status, aws.change_set = "UPDATE_IN_PROGRESS", "AVAILABLE"
    world.environment = Recorder(aws.client)

    def work(job: Any, left: Any) -> Any:
        return watch_canaries(job, left, own=world.own.client, sleep=lambda _seconds: None)

    parameters = {**PLACE, "role": ROLE, "records": ["foods-v1"]}
    world.run_both_ways(work, parameters, continuation_token({"began": 1, "changed": []}))
    assert world.own.actions == _of(OWN["canary"])
    assert world.environment.actions == _of(ENVIRONMENT["canary"])


def test_what_removes_old_releases(world: World) -> None:
    aws = Released()
    world.environment = Recorder(aws.client)

    def work(job: Any, left: Any) -> Any:
        documents = artifact("parts-v1")
        return sweep_releases(job, left, own=world.own.client, artifact=lambda _service: documents)

    world.run_both_ways(work, {**PLACE, "role": ROLE, "keep": 2}, continuation_token({}))
    assert aws.removed
    assert world.own.actions == _of(OWN["sweep"])
    assert world.environment.actions == _of(ENVIRONMENT["sweep"])


def test_every_part_is_somebodys() -> None:
    used = {part for table in (OWN, ENVIRONMENT) for names in table.values() for part in names}
    assert used == set(ACTIONS)
