"""The pipeline's own checks against the deployed platform: they pass, and they find what is wrong.

Each runs as its Lambda action does, from a job of CodePipeline to the job's result.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from gatewright.checks.action import Work, run_action
from gatewright.checks.clients import own_clients
from gatewright.checks.contract.suite import check_contract
from gatewright.checks.load.check import check_load
from gatewright.checks.third_party.check import check_by_third_party
from gatewright.contract import public_document
from local.cdk_cli import ROOT
from local.embedded_aws import EmbeddedAws
from tests.local.target import Target
from tests.third_party_service import ThirdPartyService
from tests.unit.checks.fakes import JOB_ID, Context, FakePipeline, job_event, zipped

ARTIFACTS, REPORTS = "artifacts", "reports"
PLACE = {"project": "gatewright", "environment": "local", "region": "us-east-1"}
SUITE = {**PLACE, "key": "demo", "rate": 100}
Change = Callable[[dict[str, Any]], None]


@pytest.fixture(scope="module")
def documents(target: Target) -> dict[str, Any]:
    return {api: public_document(contract) for api, contract in target.contracts.items()}


@pytest.fixture(scope="module")
def buckets(own_aws: EmbeddedAws) -> Iterator[Any]:
    s3 = own_aws.client("s3")
    for bucket in (ARTIFACTS, REPORTS):
        s3.create_bucket(Bucket=bucket)
    yield s3
    for bucket in (ARTIFACTS, REPORTS):
        for item in s3.list_objects_v2(Bucket=bucket).get("Contents", ()):
            s3.delete_object(Bucket=bucket, Key=item["Key"])
        s3.delete_bucket(Bucket=bucket)


@pytest.fixture(autouse=True)
def function(
    monkeypatch: pytest.MonkeyPatch, own_aws: EmbeddedAws, documents: dict[str, Any], buckets: Any
) -> None:
    """What a function of the embedded AWS has in its environment, and a good artifact."""
    for name, value in own_aws.variables().items():
        if name.startswith("AWS_"):
            monkeypatch.setenv(name, value)
    monkeypatch.setenv("REPORTS_BUCKET", REPORTS)
    _put_artifact(buckets, documents, _own_checks())


def _own_checks() -> dict[str, str]:
    found = (ROOT / "lambda_src").glob("*/checks/*.py")
    return {f"checks/{path.parts[-3]}/{path.name}": path.read_text() for path in found}


def _put_artifact(s3: Any, documents: Mapping[str, Any], checks: Mapping[str, str]) -> None:
    files = {f"openapi/{api}.json": json.dumps(found) for api, found in documents.items()}
    s3.put_object(Bucket=ARTIFACTS, Key="p/docs/1", Body=zipped({**files, **checks}))


def _run(work: Work, parameters: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
    """Run an action to its end, with as many jobs as it takes."""
    token = None
    while True:
        event = job_event(parameters, token)
        credentials = event["CodePipeline.job"]["data"]["artifactCredentials"]
        credentials["accessKeyId"] = "000000000000"  # whom the embedded AWS takes it for
        pipeline = FakePipeline()
        run_action(event, Context(), work, pipeline)
        [(kind, result)] = pipeline.results
        token = result.get("continuationToken")
        if token is None:
            return kind, result


def _contract(parameters: Mapping[str, Any], patience: float = 0) -> tuple[str, dict[str, Any]]:
    return _run(
        lambda job, left: check_contract(job, left, own=own_clients(), patience=patience),
        parameters,
    )


def _failure(result: tuple[str, dict[str, Any]]) -> str:
    kind, fields = result
    assert kind == "failure", fields
    return str(fields["failureDetails"]["message"])


def _report(s3: Any, suite: str) -> Any:
    found = s3.get_object(Bucket=REPORTS, Key=f"{JOB_ID}/local-{suite}.json")
    return json.loads(found["Body"].read())


def test_the_contract_suite_passes_and_leaves_nothing_behind(
    target: Target, own_aws: EmbeddedAws, buckets: Any
) -> None:
    cognito = own_aws.client("cognito-idp")
    pool = {"UserPoolId": target.deployed.user_pool_id}
    table = target.function_configuration("foods-v2")["Environment"]["Variables"]["TABLE_STOCK"]

    def there() -> list[Any]:
        foods = own_aws.client("dynamodb").scan(TableName=table)["Items"]
        return [
            [user["Username"] for user in cognito.list_users(**pool)["Users"]],
            [c["ClientId"] for c in cognito.list_user_pool_clients(**pool)["UserPoolClients"]],
            sorted(food["id"]["S"] for food in foods if food["collection"]["S"] == "foods"),
        ]

    before = there()
    kind, result = _contract({**SUITE, "users": True}, patience=60)
    assert kind == "success", result
    assert there() == before
    report = _report(buckets, "contract")
    assert {check["outcome"] for check in report["checks"]} == {"passed"}
    assert {check["api"] for check in report["checks"]} == {"foods-v1", "foods-v2"}
    assert len([c for c in report["checks"] if c["name"].startswith("checks/foods/v2.py:")]) == 4
    assert all(c["request_id"] for c in report["checks"] if not c["name"].startswith("checks/"))


def test_the_smoke_suite_passes_without_users(buckets: Any) -> None:
    kind, result = _contract({**SUITE, "suite": "smoke"})
    assert kind == "success", result
    checks = _report(buckets, "smoke")["checks"]
    assert {check["outcome"] for check in checks} == {"passed"}
    assert {c["name"].partition(" ")[0] for c in checks if "valid" in c["name"]} == {"GET"}


def _wants_a_key(documents: dict[str, Any]) -> None:
    documents["foods-v1"]["paths"]["/"]["get"]["security"] = [{"api_key": []}]


def _promises_202(documents: dict[str, Any]) -> None:
    responses = documents["foods-v1"]["paths"]["/add_food/{food}"]["put"]["responses"]
    responses["202"] = responses.pop("200")


def _wants_a_filter(documents: dict[str, Any]) -> None:
    [prefix] = [
        parameter
        for parameter in documents["foods-v2"]["paths"]["/foods"]["get"]["parameters"]
        if parameter["name"] == "prefix"
    ]
    prefix.update(required=True, example="ham")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (_wants_a_key, "foods-v1 GET /: no credentials: expected 403, got 200"),
        (
            _promises_202,
            "foods-v1 PUT /add_food/{food}: valid credentials: expected 202, got 200",
        ),
        (_wants_a_filter, "foods-v2 GET /foods: without prefix: expected 400, got 200"),
    ],
)
def test_a_document_that_promises_otherwise_fails(
    documents: dict[str, Any], buckets: Any, change: Change, message: str
) -> None:
    promised = json.loads(json.dumps(documents))
    change(promised)
    _put_artifact(buckets, promised, {})
    assert message in _failure(_contract({**SUITE, "users": True}))


def test_an_own_check_that_does_not_hold_fails_with_its_line(
    documents: dict[str, Any], buckets: Any
) -> None:
    check = (
        'APIS = ("foods-v2",)\ndef check_it(api):\n    assert api.call("list_foods").json == 3\n'
    )
    _put_artifact(buckets, documents, {"checks/foods/odd.py": check})
    message = _failure(_contract({**SUITE, "users": True}))
    assert 'checks/foods/odd.py:3: assert api.call("list_foods").json == 3' in message


def _load(parameters: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
    load = {**PLACE, "key": "demo", "requests": 200, "operations": ["foods-v1.hello"]}
    return _run(lambda job, left: check_load(job, left, own=own_clients()), {**load, **parameters})


def test_a_load_that_is_borne_passes(buckets: Any) -> None:
    kind, result = _load({"p99_ms": 20_000, "max_error_share": 0, "min_requests_per_second": 1})
    assert kind == "success", result
    numbers = _report(buckets, "load")["numbers"]
    assert (numbers["requests"], numbers["statuses"]) == (200, {"200": 200})
    assert 0 < numbers["p50_ms"] <= numbers["p99_ms"]


def test_a_threshold_that_is_missed_fails_with_what_was_measured() -> None:
    message = _failure(_load({"min_requests_per_second": 100_000}))
    assert "min_requests_per_second: measured " in message
    assert "at least 100000 a second allowed" in message


def test_an_outside_service_calls_back(own_aws: EmbeddedAws) -> None:
    secrets = own_aws.client("secretsmanager")
    secrets.create_secret(Name="probes", SecretString="shared-secret")
    with ThirdPartyService(behaviour="call back") as service:
        parameters = {
            **PLACE,
            "url": service.url,
            "secret": "probes",
            "mode": "callback",
            "poll_seconds": 0.2,
        }
        kind, result = _run(
            lambda job, left: check_by_third_party(job, left, own=own_clients()), parameters
        )
    secrets.delete_secret(SecretId="probes", ForceDeleteWithoutRecovery=True)
    assert kind == "success", result
    assert "12 probes, all good" in result["executionDetails"]["summary"]
    [run] = service.runs.values()
    assert set(run.request["apis"]) == {"foods-v1", "foods-v2"}
    assert run.request["apis"]["foods-v1"].startswith(own_aws.socket_url)
    assert Path(run.request["callback_url"].partition("?")[0]).suffix == ".json"
