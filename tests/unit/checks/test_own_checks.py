"""A service's own checks are found, and what goes wrong in them is told with its place."""

from pathlib import Path
from typing import Any

import pytest

from gatewright.checks.contract.calls import JsonObject
from gatewright.checks.credentials import NoCredentialsError
from gatewright.checks.http import Answer
from gatewright.checks.own.api import Api
from gatewright.checks.own.checks import find_checks
from gatewright.checks.report import CheckResult
from tests.unit.checks.documents import document


class _Http:
    """Remembers what was sent."""

    def __init__(self) -> None:
        self.sent: list[tuple[Any, ...]] = []

    def send(self, *request: Any) -> Answer:
        self.sent.append(request)
        return Answer(status=200, headers={}, text="{}")


class _Credentials:
    secret_values = ("hidden-value",)

    def headers(self, security: JsonObject) -> dict[str, str]:
        if "key_authorizer" in security:
            raise NoCredentialsError("whom it knows, only its service can tell")
        return {"x-credential": ",".join(security)}


def _api(http: _Http | None = None) -> Api:
    credentials: Any = _Credentials()
    sender: Any = http or _Http()
    return Api("parts-v1", "http://api/live/", document(), credentials, sender, "0badcafe")


def _run(folder: Path, content: str, name: str = "parts/v1.py") -> list[CheckResult]:
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(content)
    return [check() for check in find_checks(folder, {"parts-v1": _api()})]


def test_every_check_runs_in_the_order_of_its_lines(tmp_path: Path) -> None:
    content = (
        'APIS = ("parts-v1",)\nfrom os.path import exists as check_imported\n'
        "def check_b(api): pass\ndef check_a(api): pass\ndef helper(api): 1 / 0\n"
    )
    found = _run(tmp_path, content)
    assert [(check.name, check.outcome) for check in found] == [
        ("checks/parts/v1.py:check_b", "passed"),
        ("checks/parts/v1.py:check_a", "passed"),
    ]


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("assert 1 == 2", "checks/parts/v1.py:3: assert 1 == 2 (AssertionError)"),
        ('assert not "x", "odd"', 'assert not "x", "odd" (AssertionError: odd)'),
        ("{}['a']", "checks/parts/v1.py:3: {}['a'] (KeyError: 'a')"),
        ('raise ValueError("hidden-value")', "(ValueError: ***)"),
        ('api.call("nope")', "parts-v1 has no operation nope; known are hello, list_parts"),
        ('api.call("get_part")', "/parts/{name} has the path parameters ['name'], and got []"),
    ],
)
def test_a_failure_tells_file_line_and_text(tmp_path: Path, body: str, message: str) -> None:
    [found] = _run(tmp_path, f'APIS = ("parts-v1",)\ndef check_it(api):\n    {body}\n')
    assert found.outcome == "failed"
    assert message in found.message
    assert "hidden-value" not in found.message.replace(body, "")


def test_a_helper_is_not_the_place(tmp_path: Path) -> None:
    content = 'import json\nAPIS = ("parts-v1",)\ndef check_it(api):\n    json.loads("{")\n'
    [found] = _run(tmp_path, content)
    assert found.message.startswith('checks/parts/v1.py:4: json.loads("{") (JSONDecodeError: ')


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("def check_it(api):\n", "it cannot be loaded: IndentationError"),
        ("def check_it(api): pass", "it must say which APIs it is for"),
        ('APIS = "parts-v1"', "it must say which APIs it is for"),
        ('APIS = ("nuts-v1",)', "APIS names nuts-v1, and the artifact has parts-v1"),
    ],
)
def test_what_cannot_be_run_fails(tmp_path: Path, content: str, message: str) -> None:
    [found] = _run(tmp_path, content)
    assert found.outcome == "failed"
    assert message in found.message


def test_a_check_without_credentials_is_skipped(tmp_path: Path) -> None:
    [found] = _run(tmp_path, 'APIS = ("parts-v1",)\ndef check_it(api): api.call("partner")\n')
    assert (found.outcome, found.message) == (
        "skipped",
        "whom it knows, only its service can tell",
    )


def test_files_with_an_underscore_are_left_alone(tmp_path: Path) -> None:
    assert _run(tmp_path, "1 / 0", "parts/__init__.py") == []


def test_what_a_call_sends() -> None:
    http = _Http()
    _api(http).call("get_part", path={"name": "a/b"}, query={"x": "y z"}, headers={"If-Match": "*"})
    _api(http).call("create_part", body={"name": "bolt"}, credentials="none")
    assert http.sent == [
        (
            "GET",
            "http://api/live/parts/a%2Fb?x=y+z",
            {"x-credential": "api_key", "If-Match": "*"},
            None,
        ),
        (
            "POST",
            "http://api/live/parts",
            {"Content-Type": "application/json"},
            b'{"name": "bolt"}',
        ),
    ]
