"""What a function writes is in its log group when it has answered, and writing nothing is fast.

'Working with Lambda function logs', "Lambda runtime environment":
https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs.html
https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html
"""

from __future__ import annotations

import json
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import pytest

from tests.local_gaps.functions import zipped
from tests.local_gaps.running import ACCOUNT, Aws

# What Lambda and the embedded AWS write themselves.
ADDED = ("START ", "END ", "REPORT ", "Traceback", "  ", "ValueError", "Task timed", "Worker ")


@dataclass(frozen=True)
class Case:
    """A handler's lines, and what is logged of the first call to it besides START, END, REPORT."""

    lines: str
    logged: tuple[str, ...]
    error: str = ""
    timeout: int = 10

    @property
    def code(self) -> str:
        body = "\n".join(f"    {line}" for line in self.lines.splitlines())
        return (
            f"import os, subprocess, sys, threading, time\ndef handler(event, context):\n{body}\n"
        )


CASES: dict[str, Case] = {
    "nothing": Case("return 1", ()),
    "printed": Case("print('one')\nprint('two')\nreturn 1", ("one", "two")),
    "standard-error": Case("print('one', file=sys.stderr)", ("one",)),
    "no-end-of-line": Case("os.write(2, b'one')", ("one",)),
    "not-utf-8": Case("os.write(2, b'\\xff one\\n')", ("\N{REPLACEMENT CHARACTER} one",)),
    "last-moment": Case("print('one')\ntime.sleep(.2)\nprint('two')", ("one", "two")),
    "thread": Case(
        "other = threading.Thread(target=print, args=('one',))\nother.start()\nother.join()",
        ("one",),
    ),
    "child-process": Case("subprocess.run(['echo', 'one'], stdout=2)", ("one",)),
    "more-than-a-pipe-holds": Case(
        "for number in range(3000): print(f'{number:060}')", tuple(f"{n:060}" for n in range(3000))
    ),
    "raises": Case("print('one')\nraise ValueError('no')", ("one",), "Unhandled"),
    "exits": Case("print('one')\nos._exit(1)", ("one",), "Unhandled"),
    "too-slow": Case("print('one')\ntime.sleep(9)", ("one",), "Unhandled", 1),
}  # fmt: skip


def create(aws: Aws, name: str, code: str, timeout: int = 10) -> None:
    aws.client("lambda").create_function(
        FunctionName=name,
        Runtime="python3.11",
        Role=f"arn:aws:iam::{ACCOUNT}:role/any",
        Handler="handler.handler",
        Code={"ZipFile": zipped(code)},
        Timeout=timeout,
    )


def lines(aws: Aws, name: str) -> list[str]:
    """What the function wrote, without what Lambda itself adds."""
    pages = aws.client("logs").get_paginator("filter_log_events")
    events = [
        event["message"].rstrip("\n")
        for page in pages.paginate(logGroupName=f"/aws/lambda/{name}")
        for event in page["events"]
    ]
    return [line for line in "\n".join(events).split("\n") if line and not line.startswith(ADDED)]


@pytest.mark.parametrize("name", CASES)
def test_logged(aws: Aws, name: str) -> None:
    case, function = CASES[name], f"writes-{name}"
    create(aws, function, case.code, case.timeout)
    answer = aws.client("lambda").invoke(FunctionName=function)
    assert answer.get("FunctionError", "") == case.error
    assert tuple(lines(aws, function)) == case.logged


def test_what_is_written_between_calls_is_logged_by_the_next(aws: Aws) -> None:
    create(
        aws,
        "late",
        "import threading\ndef handler(event, context):\n"
        "    threading.Timer(0.2, print, args=(event['name'],)).start()\n",
    )
    for name in ("one", "two"):
        aws.client("lambda").invoke(FunctionName="late", Payload=json.dumps({"name": name}))
        time.sleep(0.5)
    assert lines(aws, "late") == ["one"]


def test_concurrent_calls_keep_their_lines(aws: Aws) -> None:
    """Each environment has its own pipe; nothing is lost or logged twice."""
    create(aws, "many", "def handler(event, context): print('line', event['number'])")
    functions = aws.client("lambda")
    with ThreadPoolExecutor(8) as pool:
        calls = [
            pool.submit(functions.invoke, FunctionName="many", Payload=json.dumps({"number": n}))
            for n in range(60)
        ]
        for call in calls:
            call.result()
    assert sorted(lines(aws, "many")) == sorted(f"line {number}" for number in range(60))


def test_writing_nothing_costs_no_waiting(aws: Aws) -> None:
    create(aws, "quiet", "def handler(event, context): return 1")
    functions, taken = aws.client("lambda"), []
    for _ in range(20):
        began = time.perf_counter()
        functions.invoke(FunctionName="quiet")
        taken.append(time.perf_counter() - began)
    assert min(taken) < 0.04  # the waiting was 0.05
