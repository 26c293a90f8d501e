"""Addresses come from the stacks' outputs, or from the endpoint that stands in for AWS."""

import pytest

from gatewright.checks.environment import PLACE_FIELDS, Environment, read_environment, read_place
from gatewright.checks.errors import CheckError
from gatewright.checks.job import read_job
from gatewright.checks.parameters import ParameterError, Parameters
from tests.unit.checks.fakes import JOB_ID, PLACE, FakeCloudFormation, job_event

STACKS = {
    "shop-beta-identity": {
        "UserPoolId": "pool",
        "UserPoolClientId": "users",
        "MachineClientId": "machines",
        "TokenUrl": "https://shop.auth.eu-central-1.amazoncognito.com/oauth2/token",
    },
    "shop-beta-plans": {"PlanIdbasic": "basic=p1", "KeyIddemo": "demo=k1", "KeyIdx": "x-y=k2"},
    "shop-beta-foods-v1": {
        "Url": "https://abc.execute-api.eu-central-1.amazonaws.com/live/",
        "RestApiId": "abc",
        "StageName": "live",
    },
}


def _read(*, keys: bool = True, apis: tuple[str, ...] = ("foods-v1",)) -> Environment:
    parameters = Parameters(str(PLACE).replace("'", '"'), PLACE_FIELDS)
    place = read_place(parameters, read_job(job_event({})))
    return read_environment(place, apis, FakeCloudFormation(STACKS), keys=keys)


def test_on_aws(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("AWS_ENDPOINT_URL", raising=False)
    found = _read()
    assert found.apis["foods-v1"].url == STACKS["shop-beta-foods-v1"]["Url"]
    assert found.token_url == STACKS["shop-beta-identity"]["TokenUrl"]
    assert found.key_ids == {"demo": "k1", "x-y": "k2"}
    assert found.machine_client_id == "machines"


def test_with_an_endpoint_of_ones_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:4566/")
    found = _read()
    assert found.apis["foods-v1"].url == "http://127.0.0.1:4566/_aws/execute-api/abc/live/"
    assert found.token_url == "http://127.0.0.1:4566/oauth2/token"


def test_plans_are_not_read_without_keys() -> None:
    assert _read(keys=False).key_ids == {}


def test_a_missing_stack_is_named() -> None:
    with pytest.raises(CheckError, match="Stack shop-beta-foods-v9 cannot be read"):
        _read(apis=("foods-v9",))


@pytest.mark.parametrize(
    ("field", "value"),
    [("project", "Shop!"), ("environment", ""), ("region", "Mars"), ("role", "admin")],
)
def test_mistakes_name_the_field(field: str, value: str) -> None:
    text = str({**PLACE, field: value}).replace("'", '"')
    with pytest.raises(ParameterError, match=f'"{field}" must be a text like'):
        read_place(Parameters(text, PLACE_FIELDS), read_job(job_event({})))


def test_the_execution_is_the_job_unless_it_is_told() -> None:
    job = read_job(job_event({}))
    for fields, execution in ((PLACE, JOB_ID), ({**PLACE, "execution": "e-1"}, "e-1")):
        parameters = Parameters(str(fields).replace("'", '"'), PLACE_FIELDS)
        assert read_place(parameters, job).execution == execution
