"""Generated requests: what schemathesis is told, and what is read of what it wrote down."""

import json
import tomllib
from base64 import b64encode
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, cast

import pytest

from gatewright.checks.credentials import Credentials, NoCredentialsError
from gatewright.checks.errors import CheckError
from gatewright.checks.fuzz.configuration import ACCEPTANCE, LEFT_OUT, configuration
from gatewright.checks.fuzz.events import read_events
from gatewright.checks.fuzz.findings import Finding
from gatewright.checks.fuzz.fuzz import fuzz
from gatewright.checks.fuzz.operations import Operations, operations_of
from gatewright.checks.fuzz.settings import Settings, read_settings
from gatewright.checks.fuzz.summary import failure_lines

PLACE = ["--project", "shop", "--environment", "test", "--region", "us-east-1"]


def _settings(*more: str) -> Settings:
    return read_settings([*PLACE, "--documents", "dist/openapi", *more])


class KeyOnly:
    """Credentials of an environment without users."""

    def headers(self, security: Mapping[str, Sequence[str]]) -> dict[str, str]:
        if "cognito" in security:
            raise NoCredentialsError("no users")
        return {"x-api-key": "value of the key"} if security else {}


def _operations() -> Operations:
    needs = {"GET /": [{}], "GET /parts": [{"api_key": []}], "PUT /parts/{name}": [{"cognito": []}]}
    paths: dict[str, Any] = {}
    for label, security in needs.items():
        method, path = label.split()
        paths.setdefault(path, {"parameters": []})[method.lower()] = {"security": security}
    return operations_of({"paths": paths}, cast(Credentials, KeyOnly()))


def test_each_operation_is_called_with_what_it_asks_for() -> None:
    operations = _operations()
    assert operations.headers == {"GET /": {}, "GET /parts": {"x-api-key": "value of the key"}}
    assert operations.left_out == {"PUT /parts/{name}": "no users"}
    assert "value of the key" not in repr(operations)


def test_the_configuration_names_credentials_and_does_not_hold_them() -> None:
    text, variables = configuration(
        _operations(), url="https://api.example/live/", examples=7, seed=3, events="/x/e.ndjson"
    )
    assert "value of the key" not in text
    assert list(variables.values()) == ["value of the key"]
    found = tomllib.loads(text)
    assert (found["seed"], found["base-url"]) == (3, "https://api.example/live")
    assert found["generation"]["max-examples"] == 7
    assert found["operations"] == [
        {"include-name": "GET /parts", "headers": {"x-api-key": f"${{{next(iter(variables))}}}"}},
        {"include-name": "PUT /parts/{name}", "enabled": False},
    ]
    assert {n for n, check in found["checks"].items() if check.get("enabled") is False} == set(
        LEFT_OUT
    )


@pytest.mark.parametrize(("accepting", "left_out"), [(False, {ACCEPTANCE}), (True, set())])
def test_backends_that_accept_all_of_their_contract_are_held_to_it(
    accepting: bool, left_out: set[str]
) -> None:
    text, _ = configuration(
        _operations(), url="https://x", examples=1, seed=1, events="/x", accepting=accepting
    )
    off = {n for n, check in tomllib.loads(text)["checks"].items() if check.get("enabled") is False}
    assert off & {ACCEPTANCE} == left_out
    assert off - {ACCEPTANCE} == set(LEFT_OUT) - {ACCEPTANCE}


def _scenario(status: int, *, failure: str = "", body: str = '{"a": 1}') -> Any:
    """The event of one request, and of its check ``failure`` that did not hold."""
    value = {"method": "PUT", "path": "/parts/{name}"}
    info = {"operation": "PUT /parts/{name}", "title": "Undocumented", "message": "404"}
    request = {
        "method": "PUT",
        "uri": "https://api.example/parts/x",
        "headers": {"Authorization": ["[Filtered]"], "If-Match": ["*"]},
        "body": {"$base64": b64encode(body.encode()).decode()},
    }
    content = {"$base64": b64encode(b'{"message":"no"}').decode()}
    checks: list[Any] = [{"name": "not_a_server_error", "status": "success"}]
    if failure:
        checks.append({"name": failure, "status": "failure", "failure_info": {"failure": info}})
    recorder = {
        "cases": {"one": {"value": value}},
        "checks": {"one": checks},
        "interactions": {
            "one": {"request": request, "response": {"status_code": status, "content": content}}
        },
    }
    return {"ScenarioFinished": {"recorder": recorder}}


def _read(tmp_path: Path, *events: Any, credentials: bool = True) -> Any:
    file = tmp_path / "events.ndjson"
    file.write_text("\n\n".join(json.dumps(event) for event in events) + "\n")
    return read_events(file, {"PUT /parts/{name}": credentials})


END = {"EngineFinished": {"running_time": 1}}
FAILURE = "status_code_conformance"


def test_failures_of_one_kind_are_one_with_the_shortest_request(tmp_path: Path) -> None:
    found = _read(
        tmp_path,
        _scenario(404, failure=FAILURE, body='{"quantity": 12345}'),
        _scenario(404, failure=FAILURE, body='{"quantity": 1}'),
        _scenario(200),
        END,
    )
    assert (found.requests, found.throttled, found.finished) == (3, 0, True)
    [finding] = found.findings
    assert (finding.operation, finding.check, finding.times) == ("PUT /parts/{name}", FAILURE, 2)
    assert finding.sent == 'PUT https://api.example/parts/x\nIf-Match: *\n{"quantity": 1}'
    assert finding.came == '404 {"message":"no"}'


def test_a_throttled_request_is_no_failure(tmp_path: Path) -> None:
    found = _read(tmp_path, _scenario(429, failure=FAILURE), _scenario(200), END)
    assert (found.throttled, found.findings) == (1, ())


@pytest.mark.parametrize(
    ("statuses", "title"),
    [
        ((429, 429, 200), "2 of 3 requests were throttled"),
        ((200, 200, 401), "1 of 3 valid tokens were refused"),
        ((403, 403), "all 2 valid credentials were refused"),
    ],
)
def test_what_was_not_tested_is_a_failure(
    tmp_path: Path, statuses: tuple[int, ...], title: str
) -> None:
    found = _read(tmp_path, *(_scenario(status) for status in statuses), END)
    assert [(one.check, one.title) for one in found.findings] == [("credentials", title)]


def test_an_open_operation_may_refuse(tmp_path: Path) -> None:
    assert _read(tmp_path, _scenario(403), END, credentials=False).findings == ()


def test_a_request_without_an_answer_is_a_failure(tmp_path: Path) -> None:
    error = {"type": "ConnectionError", "message": "refused"}
    found = _read(tmp_path, {"NonFatalError": {"label": "GET /", "value": error}}, END)
    [finding] = found.findings
    assert (finding.operation, finding.title, finding.reason) == (
        "GET /",
        "ConnectionError",
        "refused",
    )


def test_a_run_that_ended_early_is_not_finished(tmp_path: Path) -> None:
    assert not _read(tmp_path, _scenario(200)).finished


def test_a_failure_is_told_whole() -> None:
    found = Finding(
        operation="GET /", check="c", title="Odd", reason="a\n\nb", sent="GET /", times=2
    )
    assert failure_lines("parts-v1", found) == [
        "parts-v1 GET /: c: Odd (2 times)",
        "    sent: GET /",
        "    why: a\n          b",
    ]


def test_without_documents_it_says_how_to_get_them(tmp_path: Path) -> None:
    with pytest.raises(CheckError, match="make documents"):
        fuzz(_settings("--documents", str(tmp_path)), lambda _: None)


def test_the_same_requests_follow_from_the_same_words() -> None:
    assert _settings("--key", "partner").words == "--key partner --examples 20 --seed 1"
    more = _settings("--accepting", "--phases", "fuzzing,stateful").words
    assert more == "--examples 20 --seed 1 --accepting --phases fuzzing,stateful"


def test_a_phase_that_is_not_known(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        _settings("--phases", "fuzzing,all")
    assert "'all' is none of examples, coverage, fuzzing, stateful" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("option", "value"),
    [("--examples", "0"), ("--examples", "ten"), ("--rate", "-1"), ("--rate", "nan")],
)
def test_mistakes_on_the_command_line(
    option: str, value: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        _settings(option, value)
    assert f"argument {option}: {value!r} is not a" in capsys.readouterr().err
