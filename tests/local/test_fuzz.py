"""Generated requests against the deployed platform: what it answers fits, and what does not shows.

They run as in a pipeline: the command, with the Python of what releases are checked with.
"""

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from gatewright.checks.fuzz.configuration import LEFT_OUT
from local.embedded_aws import EmbeddedAws
from local.fuzz import PYTHON
from tests.local.fuzzing import WIDE, Fuzzed, fuzz, fuzz_some, write_documents
from tests.local.showcase import make_called
from tests.local.target import Target

KEY, PLAN = "demo", "demo"
MADE = {
    "content_type_conformance",
    "ignored_auth",
    "missing_required_header",
    "negative_data_rejection",
    "not_a_server_error",
    "response_headers_conformance",
    "response_schema_conformance",
    "status_code_conformance",
}


@pytest.fixture
def documents(target: Target, tmp_path: Path) -> Path:
    return write_documents(target.contracts, tmp_path / "openapi")


@pytest.fixture
def quick(target: Target) -> Iterator[None]:
    """The plan of the key takes what comes, so that nobody waits for its next second."""
    gateway = target.client("apigateway")
    name = f"{target.platform.project}-local-plans-{PLAN}"
    [plan] = [p for p in gateway.get_usage_plans()["items"] if p["name"] == name]

    def put(rate: float, burst: int) -> None:
        values = {"/throttle/rateLimit": rate, "/throttle/burstLimit": burst}
        gateway.update_usage_plan(
            usagePlanId=plan["id"],
            patchOperations=[
                {"op": "replace", "path": path, "value": str(value)}
                for path, value in values.items()
            ],
        )

    put(1000, 1000)
    yield
    put(plan["throttle"]["rateLimit"], plan["throttle"]["burstLimit"])


@pytest.fixture
def _as_it_was(target: Target) -> Iterator[None]:
    """The foods that generated requests leave are taken away."""
    table = target.function_configuration("foods-v2")["Environment"]["Variables"]["TABLE_STOCK"]
    dynamodb = target.client("dynamodb")

    def keys() -> list[dict[str, Any]]:
        pages = dynamodb.get_paginator("scan").paginate(TableName=table)
        items = [item for page in pages for item in page["Items"]]
        return [{name: item[name] for name in ("collection", "id")} for item in items]

    before = keys()
    yield
    for key in keys():
        if key not in before:
            dynamodb.delete_item(TableName=table, Key=key)


def _fuzz(
    target: Target, aws: EmbeddedAws, documents: Path, capfd: pytest.CaptureFixture[str]
) -> Fuzzed:
    return fuzz(target, aws, documents, capfd, ["--key", KEY, "--rate", "500", "--examples", "2"])


@pytest.mark.long
@pytest.mark.usefixtures("quick", "_as_it_was")
def test_what_is_answered_fits_the_documents(
    target: Target, own_aws: EmbeddedAws, documents: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    cognito = target.client("cognito-idp")
    pool = {"UserPoolId": target.deployed.user_pool_id}

    def users_and_clients() -> list[int]:
        clients = cognito.list_user_pool_clients(**pool)["UserPoolClients"]
        return [len(cognito.list_users(**pool)["Users"]), len(clients)]

    before = users_and_clients()
    fuzzed = _fuzz(target, own_aws, documents, capfd)
    assert fuzzed.status == 0, fuzzed.shown
    report = fuzzed.report
    assert {name: api["operations"] for name, api in report["apis"].items()} == {
        "foods-v1": 4,
        "foods-v2": 5,
    }
    for api in report["apis"].values():
        assert api["requests"] > api["operations"]
        assert (api["left_out"], api["failures"]) == ({}, [])
    assert users_and_clients() == before


@pytest.fixture
def _called(showcase: Target) -> None:
    """What the showcase's operations send to, which belongs to somebody else."""
    make_called(showcase)


@pytest.mark.long
@pytest.mark.usefixtures("_called")
def test_what_the_showcase_answers_fits_its_documents(
    showcase: Target, own_aws: EmbeddedAws, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    fuzz_some(showcase, own_aws, tmp_path, capfd)


def _wrong(documents: Path) -> None:
    """A schema that an answer does not fit, and a status that is not documented."""
    file = documents / "foods-v1.json"
    document = json.loads(file.read_text())
    document["components"]["schemas"]["StockLevel"]["properties"]["in_stock"] = {"type": "integer"}
    del document["paths"]["/add_food/{food}"]["put"]["responses"]["400"]
    file.write_text(json.dumps(document))
    (documents / "foods-v2.json").unlink()


def test_each_check_of_schemathesis_is_made_or_left_out_for_a_reason() -> None:
    program = "import schemathesis.cli, schemathesis.checks as c; print(*c.CHECKS.get_all_names())"
    ran = subprocess.run([PYTHON, "-c", program], capture_output=True, text=True, check=True)
    assert set(ran.stdout.split()) - set(LEFT_OUT) == MADE


@pytest.mark.skipif(bool(WIDE), reason="it shows how a failure is told, once")
@pytest.mark.usefixtures("quick")
def test_a_document_that_promises_otherwise_fails_with_what_shows_it(
    target: Target, own_aws: EmbeddedAws, documents: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    _wrong(documents)
    fuzzed = _fuzz(target, own_aws, documents, capfd)
    shown, report = fuzzed.shown, fuzzed.report
    assert fuzzed.status == 1, shown
    failures = report["apis"]["foods-v1"]["failures"]
    assert {(found["operation"], found["check"]) for found in failures} == {
        ("GET /check_stock/{food}", "response_schema_conformance"),
        ("PUT /add_food/{food}", "status_code_conformance"),
    }
    assert "foods-v1 GET /check_stock/{food}: response_schema_conformance" in shown
    assert 'came: 200 {"in_stock":' in shown
    assert "Documented: 200, 401," in shown
    assert f'make fuzz ENV=local ARGS="--key {KEY} --examples 2 --seed 1"' in shown
    value = target.client("apigateway").get_api_key(
        apiKey=target.deployed.key_ids[KEY], includeValue=True
    )["value"]
    for text in (shown, json.dumps(report)):
        assert value not in text
        assert "Bearer " not in text
