"""What `make up` prints and writes is true: calls work when pasted, credentials are good."""

import json
import stat
import subprocess
from pathlib import Path
from typing import Any

import httpx
import jwt
import pytest
from openapi_spec_validator import validate

from local.cdk_cli import ROOT
from local.embedded_aws import EmbeddedAws
from local.openapi import parse, write_openapi
from local.outputs import FILE, read_outputs
from local.try_it import try_it


@pytest.fixture
def outputs(own_aws: EmbeddedAws) -> dict[str, Any]:
    found = read_outputs(own_aws.folder)
    assert found is not None
    return found


def test_every_promised_name_is_there(outputs: dict[str, Any], own_aws: EmbeddedAws) -> None:
    assert {
        "endpoint_url",
        "region",
        "account",
        "apis",
        "user_pool_id",
        "user_pool_client_id",
        "machine_client_id",
        "machine_client_secret",
        "token_url",
        "demo",
    } == set(outputs)
    assert {"username", "password", "api_key", "tiny_api_key", "disabled_api_key"} == set(
        outputs["demo"]
    )
    assert all(outputs["demo"].values())
    assert {"url", "rest_api_id", "stage", "openapi"} == set(outputs["apis"]["foods-v1"])
    assert outputs["endpoint_url"] == f"http://localhost:{own_aws.port}"


def test_it_is_for_this_user_only(own_aws: EmbeddedAws) -> None:
    assert stat.S_IMODE((own_aws.folder / FILE).stat().st_mode) == 0o600


def test_the_public_document_is_valid_and_names_the_server(outputs: dict[str, Any]) -> None:
    api = outputs["apis"]["foods-v1"]
    with open(api["openapi"], encoding="utf-8") as file:  # noqa: PTH123
        document = json.load(file)
    validate(document)
    assert document["servers"] == [{"url": api["url"].rstrip("/")}]


def test_make_openapi_names_where_the_environment_serves_and_gives_tokens(
    own_aws: EmbeddedAws, outputs: dict[str, Any], tmp_path: Path
) -> None:
    options = parse(["--environment", "local", "--folder", str(tmp_path)])
    for file in write_openapi(options, ROOT, own_aws.folder):
        document = json.loads(file.read_text())
        validate(document)
        assert document["servers"] == [{"url": outputs["apis"][file.stem]["url"].rstrip("/")}]
        told = document["components"]["securitySchemes"]["cognito"]["description"]
        assert outputs["token_url"] in told
    assert {file.stem for file in tmp_path.iterdir()} == set(outputs["apis"])


def test_the_printed_calls_work_when_pasted(outputs: dict[str, Any]) -> None:
    lines = [line.strip() for line in try_it(outputs).splitlines()]
    calls = [line for line in lines if line.startswith(("curl", "TOKEN=", "MACHINE="))]
    script = "\n".join(f"{call}\necho" for call in calls)
    ran = subprocess.run(["/bin/sh", "-c", script], capture_output=True, text=True, check=True)
    answers = [line for line in ran.stdout.splitlines() if line.startswith(("{", "["))]
    created, listed = (json.loads(answer) for answer in answers[-2:])
    assert created == {"name": "hotdog", "quantity": 3}
    assert created in listed["foods"]
    assert [json.loads(answer) for answer in answers[:4]] == [
        {"hello": "world"},
        ["hamburger", "hotdog"],
        {"in_stock": "yes"},
        {"status": "ok"},
    ]
    assert "401 Unauthorized" in ran.stdout


def test_the_disabled_key_is_refused_and_the_demo_key_is_not(outputs: dict[str, Any]) -> None:
    url, demo = outputs["apis"]["foods-v1"]["url"] + "list_foods", outputs["demo"]
    statuses = {
        name: httpx.get(url, headers={"x-api-key": demo[name]}).status_code
        for name in ("api_key", "tiny_api_key", "disabled_api_key")
    }
    assert statuses == {"api_key": 200, "tiny_api_key": 200, "disabled_api_key": 403}


def test_a_machine_gets_a_token_for_its_scopes(outputs: dict[str, Any]) -> None:
    response = _client_credentials(outputs, outputs["machine_client_secret"])
    assert response.status_code == 200, response.text
    claims = jwt.decode(response.json()["access_token"], options={"verify_signature": False})
    assert claims["scope"] == "foods/write"
    assert claims["client_id"] == outputs["machine_client_id"]


def test_a_machine_with_a_wrong_secret_gets_none(outputs: dict[str, Any]) -> None:
    assert _client_credentials(outputs, "wrong").status_code in (400, 401)


def _client_credentials(outputs: dict[str, Any], secret: str) -> httpx.Response:
    return httpx.post(
        outputs["token_url"],
        auth=(outputs["machine_client_id"], secret),
        data={"grant_type": "client_credentials", "scope": "foods/write"},
    )
