"""Functions that were bundled for Lambda's platform run on this machine's.

AWS runs them on what they were bundled for, and nothing of this happens there.
"""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from gatewright.bundling import HOST, LAMBDA, Target, bundle_service
from local.gaps import wheels_here as module
from local.gaps.foreign_wheels import ForeignWheel
from local.gaps.wheels_here import NotHereError, wheels_here
from local.gaps.worker_packages import FOLDER
from tests.local_gaps.conftest import ROOT, start_server
from tests.local_gaps.running import ACCOUNT, REGION, Aws, document, lambda_proxy
from tests.local_gaps.wheels import code, publish
from tests.recycling import recycle

pytestmark = pytest.mark.long

BUNDLES = ROOT / ".gatewright" / "bundles"


def create(aws: Aws, name: str, zipped: bytes, handler: str = "handler.handler") -> str:
    made = aws.client("lambda").create_function(
        FunctionName=name,
        Runtime="python3.14",
        Architectures=["arm64"],
        Role=f"arn:aws:iam::{ACCOUNT}:role/any",
        Handler=handler,
        Code={"ZipFile": zipped},
    )
    return str(made["FunctionArn"])


def invoke(aws: Aws, name: str, qualifier: str = "$LATEST") -> Any:
    answer = aws.client("lambda").invoke(FunctionName=name, Qualifier=qualifier)
    return json.load(answer["Payload"])


def installed(directory: Path) -> list[str]:
    return sorted(path.name for path in (directory / "state" / FOLDER).glob("*"))


@contextmanager
def server(directory: Path) -> Iterator[Aws]:
    process, aws = start_server(directory)
    try:
        yield aws
    finally:
        process.terminate()
        process.wait(timeout=20)


@pytest.mark.parametrize(("target", "sets"), [(LAMBDA, 1), (HOST, 0)], ids=["lambda", "host"])
def test_a_bundled_service_answers(tmp_path: Path, target: Target, sets: int) -> None:
    bundle = bundle_service(ROOT / "lambda_src" / "foods", target, BUNDLES)
    with server(tmp_path) as aws:
        arn = create(aws, "foods", bundle.path.read_bytes(), "foods.v1.handler.app")
        aws.permit("foods", f"arn:aws:execute-api:{REGION}:{ACCOUNT}:*")
        api = aws.import_api(document({"/list_foods": {"get": lambda_proxy(arn)}}))
        answer = aws.call(api, "/list_foods")
        assert (answer.status_code, answer.json()) == (200, ["hamburger", "hotdog"])
        assert len(installed(tmp_path)) == sets
    assert (tmp_path / "log").read_text() == ""


@dataclass(frozen=True)
class Offline:
    """A server whose uv finds wheels in the folder `links` only."""

    aws: Aws
    links: Path
    directory: Path


@pytest.fixture(scope="module")
def offline(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Offline]:
    directory, links = tmp_path_factory.mktemp("offline"), tmp_path_factory.mktemp("links")
    with ExitStack() as until_the_end:
        with pytest.MonkeyPatch.context() as environment:
            environment.setenv("UV_NO_INDEX", "1")
            environment.setenv("UV_FIND_LINKS", str(links))
            aws = until_the_end.enter_context(server(directory))
        yield Offline(aws, links, directory)


def test_it_is_installed_once(offline: Offline) -> None:
    aws, functions = offline.aws, offline.aws.client("lambda")
    wheel = publish("once", offline.links)
    create(aws, "once", code("once"))
    before = installed(offline.directory)
    assert invoke(aws, "once") == "here"
    wheel.unlink()
    assert recycle(aws.endpoint, "once") == 1
    assert invoke(aws, "once") == "here"
    functions.update_function_code(FunctionName="once", ZipFile=code("once", " again"))
    version = functions.publish_version(FunctionName="once")["Version"]
    assert invoke(aws, "once", version) == "here again"
    assert len(installed(offline.directory)) == len(before) + 1


def test_many_workers_start_at_once(offline: Offline) -> None:
    publish("many", offline.links)
    before = installed(offline.directory)
    names = [f"many-{number}" for number in range(4)]
    for name in names:
        create(offline.aws, name, code("many"))
    with ThreadPoolExecutor(8) as callers:
        answers = list(callers.map(lambda name: invoke(offline.aws, name), names * 2))
    assert answers == ["here"] * 8
    assert len(installed(offline.directory)) == len(before) + 1


def test_what_cannot_be_had_is_said(offline: Offline) -> None:
    aws = offline.aws
    create(aws, "absent", code("absent-probe"))
    problem = invoke(aws, "absent")["errorMessage"]
    assert "absent-probe 1.0 is built for cp39-cp39-win_arm64" in problem
    assert "absent-probe was not found" in problem
    logs = aws.client("logs").filter_log_events(logGroupName="/aws/lambda/absent")["events"]
    assert any("absent-probe 1.0 is built for" in event["message"] for event in logs)
    assert "absent-probe 1.0 is built for" in (offline.directory / "log").read_text()
    publish("absent-probe", offline.links)
    assert invoke(aws, "absent") == "here"


PROBE = ForeignWheel("probe", "1.0", ("a-b-c",))


def test_the_network_is_not_asked_for_what_uv_has(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []

    def installs(_wheels: object, site: Path, *options: str) -> str:
        asked.append(options)
        site.mkdir()
        return ""

    monkeypatch.setattr(module, "_problem", installs)
    assert wheels_here([PROBE], tmp_path) == wheels_here([PROBE], tmp_path)
    assert asked == [("--offline",)]


class Queue:
    """The lock of those who install, which knows how many have come to it."""

    def __init__(self) -> None:
        self._lock, self.come = threading.Lock(), threading.Semaphore(0)

    def __enter__(self) -> None:
        self.come.release()
        self._lock.acquire()

    def __exit__(self, *_error: object) -> None:
        self._lock.release()


def test_who_waited_for_a_failure_is_told_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked, queue = [], Queue()

    def fails(_wheels: object, _site: Path, *options: str) -> str:
        asked.append(options)
        assert queue.come.acquire(timeout=20)
        return "no route"

    def told() -> None:
        with pytest.raises(NotHereError, match="no route"):
            wheels_here([PROBE], tmp_path)

    monkeypatch.setattr(module, "_problem", fails)
    monkeypatch.setattr(module, "_lock", queue)
    with ThreadPoolExecutor(2) as callers:  # each of the two attempts waits for one of them
        for waiting in [callers.submit(told) for _ in range(2)]:
            waiting.result()
    assert asked == [("--offline",), ()]
    queue.come.release()
    told()
    assert asked == [("--offline",), ()] * 2


def test_an_index_that_does_not_answer_is_given_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        monkeypatch.setenv("NO_PROXY", "127.0.0.1")
        monkeypatch.setenv("UV_DEFAULT_INDEX", f"http://127.0.0.1:{silent.getsockname()[1]}/")
        monkeypatch.setenv("UV_CACHE_DIR", str(tmp_path / "cache"))
        monkeypatch.setattr(module, "LONGEST", 1.0)
        began = time.monotonic()
        with pytest.raises(NotHereError, match="within 1 seconds"):
            wheels_here([PROBE], tmp_path / "kept")
    assert time.monotonic() - began < 30
    assert list((tmp_path / "kept").iterdir()) == []
