"""Workers end between and during invocations, and only who had one at work notices.

'Lambda execution environment lifecycle': "Lambda terminates execution environments every few hours
[...]", after the invocation that they serve; one that crashes fails its invocation alone.
https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html
"""

from __future__ import annotations

import os
import signal
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

from tests.local_gaps.functions import zipped
from tests.local_gaps.running import ACCOUNT, REGION, Aws, document, lambda_proxy
from tests.recycling import recycle

pytestmark = pytest.mark.long

# Each says who it is, and notes in a file what it was asked for.
NOTE = """
import os, time
def handler(event, context):
    asked = event["queryStringParameters"] or {}
    with open(%r, "a") as notes:
        notes.write(asked.get("id", "-") + "\\n")
    time.sleep(float(asked.get("seconds", 0)))
    return {"statusCode": 200, "body": str(os.getpid())}
"""
ITSELF = """
import boto3
def handler(depth, context):
    if depth == 0:
        return "deepest"
    functions = boto3.client("lambda")
    answer = functions.invoke(FunctionName="itself", Payload=str(depth - 1).encode())
    return answer["Payload"].read().decode()
"""
CALLERS, REQUESTS = 32, 400


class Noting:
    """A deployed function that notes its calls."""

    def __init__(self, aws: Aws, name: str, notes: Path, before: str = "") -> None:
        self.aws, self.name, self.notes = aws, name, notes
        arn = aws.function(name, before + NOTE % str(notes))
        aws.permit(name, f"arn:aws:execute-api:{REGION}:{ACCOUNT}:*")
        self.api = aws.import_api(document({"/": {"get": lambda_proxy(arn)}}))

    def call(self, **asked: object) -> httpx.Response:
        return self.aws.call(self.api, "/", params={k: str(v) for k, v in asked.items()})

    def recycle(self) -> int:
        return recycle(self.aws.endpoint, self.name)

    def update(self) -> None:
        self.aws.client("lambda").update_function_code(
            FunctionName=self.name, ZipFile=zipped("other = 1" + NOTE % str(self.notes))
        )

    def noted(self) -> list[str]:
        return self.notes.read_text().split() if self.notes.exists() else []

    def wait_for_note(self, what: str) -> None:
        deadline = time.monotonic() + 20
        while what not in self.noted():
            assert time.monotonic() < deadline
            time.sleep(0.01)


def is_gone(pid: int) -> bool:
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.05)
    return False


@pytest.mark.parametrize("sent", [signal.SIGKILL, signal.SIGTERM], ids=["kill", "term"])
def test_an_idle_worker_that_ends_is_replaced(
    aws: Aws, tmp_path: Path, sent: signal.Signals
) -> None:
    function = Noting(aws, f"idle-{sent.name}", tmp_path / "notes")
    seen = []
    for number in range(20):
        response = function.call(id=number)
        assert response.status_code == 200
        seen.append(int(response.text))
        os.kill(seen[-1], sent)
    assert len(set(seen)) == 20
    assert function.noted() == [str(number) for number in range(20)]


def test_an_event_that_nobody_has_read_goes_to_another_worker(aws: Aws, tmp_path: Path) -> None:
    function = Noting(aws, "unread", tmp_path / "notes")
    worker = int(function.call(id="first").text)
    os.kill(worker, signal.SIGSTOP)
    with ThreadPoolExecutor(1) as caller:
        answer = caller.submit(function.call, id="second")
        time.sleep(0.5)
        assert function.noted() == ["first"]
        os.kill(worker, signal.SIGKILL)
        response = answer.result()
    assert response.status_code == 200
    assert response.text != str(worker)
    assert function.noted() == ["first", "second"]


def test_an_event_that_was_read_is_not_read_again(aws: Aws, tmp_path: Path) -> None:
    function = Noting(aws, "at-work", tmp_path / "notes")
    worker = int(function.call(id="first").text)
    with ThreadPoolExecutor(2) as callers:
        cut_off = callers.submit(function.call, id="second", seconds=8)
        function.wait_for_note("second")
        other = callers.submit(function.call, id="third", seconds=1)
        function.wait_for_note("third")
        os.kill(worker, signal.SIGKILL)
        assert cut_off.result().status_code == 502
        assert other.result().status_code == 200
    assert function.noted() == ["first", "second", "third"]


def test_a_worker_that_is_killed_while_it_starts_is_replaced(aws: Aws, tmp_path: Path) -> None:
    starts = tmp_path / "starts"
    slow = (
        f"import os, time\nwith open({str(starts)!r}, 'a') as f: print(os.getpid(), file=f)\n"
        f"if open({str(starts)!r}).read().count('\\n') == 1: time.sleep(20)\n"
    )
    function = Noting(aws, "starting", tmp_path / "notes", slow)
    with ThreadPoolExecutor(1) as caller:
        answer = caller.submit(function.call, id="first")
        deadline = time.monotonic() + 20
        while not (starts.exists() and starts.read_text().endswith("\n")):
            assert time.monotonic() < deadline
            time.sleep(0.01)
        os.kill(int(starts.read_text()), signal.SIGKILL)
        assert answer.result().status_code == 200
    assert function.noted() == ["first"]


def test_a_function_that_ends_while_it_starts_is_an_error(aws: Aws, tmp_path: Path) -> None:
    function = Noting(aws, "never", tmp_path / "notes", "import os\nos._exit(1)\n")
    assert function.call().status_code == 502
    assert function.noted() == []


def test_an_error_of_the_handler_ends_no_worker(aws: Aws, tmp_path: Path) -> None:
    # 'Using the Lambda runtime API', Invocation error: the runtime tells of it and goes on.
    function = Noting(aws, "raises", tmp_path / "notes")
    worker = function.call().text
    assert function.call(seconds="no number").status_code == 502
    assert function.call().text == worker


@pytest.mark.parametrize("change", [Noting.recycle, Noting.update], ids=["recycled", "new-code"])
def test_a_worker_that_is_replaced_finishes_first(
    aws: Aws, tmp_path: Path, change: Callable[[Noting], object]
) -> None:
    function = Noting(aws, f"replaced-{change.__name__}", tmp_path / "notes")
    worker = function.call(id="first").text
    with ThreadPoolExecutor(1) as caller:
        answer = caller.submit(function.call, id="second", seconds=2)
        function.wait_for_note("second")
        change(function)
        after = function.call(id="third")
        assert (after.status_code, after.text != worker) == (200, True)
        assert (answer.result().status_code, answer.result().text) == (200, worker)
    assert is_gone(int(worker))
    assert function.call().text == after.text


def test_recycling_says_how_many(aws: Aws, tmp_path: Path) -> None:
    function = Noting(aws, "counted", tmp_path / "notes")
    worker = function.call().text
    assert function.recycle() == 1
    assert function.recycle() == 0
    assert is_gone(int(worker))


def test_many_callers_notice_no_restart(aws: Aws, tmp_path: Path) -> None:
    function = Noting(aws, "restarted", tmp_path / "notes")
    numbers = [str(number) for number in range(REQUESTS)]

    def call(number: str) -> int:
        if int(number) % 50 == 49:
            function.recycle()
        return function.call(id=number).status_code

    with ThreadPoolExecutor(CALLERS) as callers:
        statuses = Counter(callers.map(call, numbers))
    assert statuses == {200: REQUESTS}
    assert sorted(function.noted()) == sorted(numbers)


def test_many_callers_of_a_quick_function_share_workers(aws: Aws, tmp_path: Path) -> None:
    function = Noting(aws, "quick-for-many", tmp_path / "notes")
    with ThreadPoolExecutor(CALLERS) as callers:
        answers = list(callers.map(lambda n: function.call(id=n), range(REQUESTS)))
    assert Counter(answer.status_code for answer in answers) == {200: REQUESTS}
    assert len({answer.text for answer in answers}) < CALLERS


def test_a_function_that_invokes_itself_is_served(aws: Aws) -> None:
    aws.function("itself", ITSELF)
    functions = aws.client("lambda")
    functions.update_function_configuration(FunctionName="itself", Timeout=60)
    answer = functions.invoke(FunctionName="itself", Payload=b"5")
    assert "deepest" in answer["Payload"].read().decode()


def test_many_callers_of_a_slow_function_are_served(aws: Aws, tmp_path: Path) -> None:
    function = Noting(aws, "slow-for-many", tmp_path / "notes")
    with ThreadPoolExecutor(CALLERS) as callers:
        answers = list(callers.map(lambda n: function.call(id=n, seconds=1), range(CALLERS)))
    assert Counter(answer.status_code for answer in answers) == {200: CALLERS}
    assert len(set(function.noted())) == CALLERS


def test_large_events_and_answers(aws: Aws) -> None:
    code = "def handler(event, context): return {'statusCode': 200, 'body': event['body'] * 2}"
    arn = aws.function("large", code)
    aws.permit("large", f"arn:aws:execute-api:{REGION}:{ACCOUNT}:*")
    api = aws.import_api(document({"/": {"post": lambda_proxy(arn)}}))
    content = "0123456789" * 200_000
    assert aws.call(api, "/", "POST", content=content).text == content * 2
