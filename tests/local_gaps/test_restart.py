"""What was there before the embedded AWS was stopped is there when it is started again.

AWS has no off switch; this is what a user of the laptop expects of `make down` and `make up`.
"""

from __future__ import annotations

import json
import signal
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from local.saving import REST
from tests.local_gaps.callers import Callers, create_callers
from tests.local_gaps.conftest import start_server
from tests.local_gaps.deployable import NEW, Live, create_functions, create_live
from tests.local_gaps.kept import KEPT
from tests.local_gaps.running import Aws
from tests.local_gaps.test_canary import start

pytestmark = pytest.mark.long


def end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    assert process.wait(timeout=30) == 0


@dataclass(frozen=True)
class Restarted:
    """A server that was stopped, and the one that was started after it on another port."""

    looks: dict[str, Any]
    callers: Callers
    live: Live
    canaried: Live
    aws: Aws
    log: Path


@pytest.fixture(scope="module")
def restarted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Restarted]:
    directory = tmp_path_factory.mktemp("restarted")
    process, aws = start_server(directory)
    create_functions(aws)
    live, canaried, made = create_live(aws), create_live(aws), create_callers(aws)
    live.import_again(NEW)
    canaried.import_again(NEW)
    start(canaried, canaried.deploy(), 100)
    for kept in KEPT.values():
        kept.make(aws)
    looks = {name: kept.look(aws) for name, kept in KEPT.items()}
    assert (made.with_token(aws, made.token), made.with_key(aws)) == (200, 200)
    end(process)
    assert (directory / "log").read_text() == ""
    process, aws = start_server(directory)
    yield Restarted(looks, made, live, canaried, aws, directory / "log")
    end(process)


@pytest.mark.parametrize("name", KEPT)
def test_it_is_as_it_was(restarted: Restarted, name: str) -> None:
    assert restarted.looks[name]
    assert KEPT[name].look(restarted.aws) == restarted.looks[name]


def test_an_api_is_served_as_it_was_deployed(restarted: Restarted) -> None:
    aws, api = restarted.aws, restarted.live.api
    assert aws.call(api, "/open").text == "old 1"
    echo = aws.call(api, "/echo", "POST", content="[]", headers={"Content-Type": "text/plain"})
    assert (echo.status_code, echo.text) == (200, "text")
    assert aws.call(api, "/guarded", headers={"X-Token": "good"}).text == "in"
    invalid = aws.call(api, "/validated", "POST", json=[])
    assert invalid.status_code == 400
    aws.deploy(api, {"v": "1"})
    assert aws.call(api, "/open").text == "new"


def test_a_canary_is_served_as_it_was_deployed(restarted: Restarted) -> None:
    aws, api = restarted.aws, restarted.canaried.api
    assert aws.call(api, "/open").text == "new"
    remove = [{"op": "remove", "path": "/canarySettings"}]
    gateway = aws.client("apigateway")
    gateway.update_stage(restApiId=api, stageName="live", patchOperations=remove)
    assert aws.call(api, "/open").text == "old 1"


def test_credentials_are_still_good(restarted: Restarted) -> None:
    made, aws = restarted.callers, restarted.aws
    assert made.with_token(aws, made.token) == 200
    tokens = made.sign_in(aws)
    assert made.with_token(aws, tokens["IdToken"]) == 200
    assert made.with_token(aws, made.token[:-4] + "AAAA") == 401


def test_a_quota_goes_on(restarted: Restarted) -> None:
    """One of three calls was made before."""
    statuses = [restarted.callers.with_key(restarted.aws) for _ in range(3)]
    assert statuses == [200, 200, 429]


def test_a_stack_goes_on(restarted: Restarted) -> None:
    aws = restarted.aws
    resources = {"Topic": {"Type": "AWS::SNS::Topic"}, "More": {"Type": "AWS::SQS::Queue"}}
    assert aws.stack("kept", resources, update=True).status == "UPDATE_COMPLETE"


def test_nothing_was_said(restarted: Restarted) -> None:
    assert restarted.log.read_text() == ""


def has(aws: Aws, name: str) -> bool:
    found = aws.client("ssm").get_parameters(Names=[name])["Parameters"]
    return bool(found)


def test_a_killed_server_loses_only_what_came_after_the_last_pause(tmp_path: Path) -> None:
    process, aws = start_server(tmp_path)
    aws.client("ssm").put_parameter(Name="early", Value="1", Type="String")
    aws.function("early", "def handler(event, context): return 1")
    saved = tmp_path / "state" / "state.json"
    deadline = time.monotonic() + REST + 20
    while not (saved.exists() and b'"early"' in saved.read_bytes()):
        assert time.monotonic() < deadline, "it was not saved in a pause"
        time.sleep(0.1)
    aws.client("lambda").delete_function(FunctionName="early")
    aws.client("ssm").put_parameter(Name="late", Value="1", Type="String")
    process.send_signal(signal.SIGKILL)
    process.wait()
    process, aws = start_server(tmp_path)
    assert (has(aws, "early"), has(aws, "late")) == (True, False)
    assert aws.client("lambda").invoke(FunctionName="early")["Payload"].read() == b"1"
    end(process)


def test_a_server_that_is_killed_before_it_saved_leaves_nothing(tmp_path: Path) -> None:
    process, aws = start_server(tmp_path)
    aws.client("s3").create_bucket(Bucket="early")
    aws.client("s3").put_object(Bucket="early", Key="k", Body=b"1")
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert not (tmp_path / "state" / "state.json").exists()
    process, aws = start_server(tmp_path)
    assert aws.client("s3").list_buckets()["Buckets"] == []
    end(process)


SLOW = "import time\ndef handler(event, context): time.sleep(60)"


def test_a_stack_that_is_half_made_is_not_saved(tmp_path: Path) -> None:
    process, aws = start_server(tmp_path)
    arn = aws.function("slow", SLOW)
    end(process)
    process, aws = start_server(tmp_path)
    resources = {"Custom": {"Type": "Custom::Slow", "Properties": {"ServiceToken": arn}}}
    aws.client("cloudformation").create_stack(
        StackName="half",
        TemplateBody=json.dumps({"Resources": resources}),
    )
    end(process)
    assert "A stack was being changed" in (tmp_path / "log").read_text()
    process, aws = start_server(tmp_path)
    names = [
        stack["StackName"] for stack in aws.client("cloudformation").describe_stacks()["Stacks"]
    ]
    functions = aws.client("lambda").list_functions()["Functions"]
    assert (names, [function["FunctionName"] for function in functions]) == ([], ["slow"])
    end(process)
