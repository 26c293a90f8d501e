"""What is not everywhere yet right after a deployment is waited for; what is wrong is not."""

import pytest

from gatewright.checks.contract.cases import Case, contract_cases
from gatewright.checks.contract.runner import CaseRunner
from gatewright.checks.credentials import Credentials
from gatewright.checks.environment import DeployedApi, Environment
from gatewright.checks.http import Http
from gatewright.checks.report import FAILED, PASSED
from tests.unit.checks.answering import Reply, Request, answering
from tests.unit.checks.documents import document


def _case(name: str) -> Case:
    [case] = [case for case in contract_cases("p", document(), "m") if case.name == name]
    return case


@pytest.mark.parametrize(
    ("forbidden", "patience", "outcome", "slept"),
    [(3, 60, PASSED, 3), (3, 2, FAILED, 2), (0, 60, PASSED, 0)],
)
def test_a_403_in_place_of_a_success(
    forbidden: int, patience: float, outcome: str, slept: int
) -> None:
    left, sleeps = forbidden, list[float]()

    def answer(_request: Request) -> Reply:
        nonlocal left
        left -= 1
        return (403 if left >= 0 else 200), {}, ""

    with answering(answer) as server:
        environment = Environment(
            apis={"p": DeployedApi(name="p", url=server.url)},
            region="eu-central-1",
            user_pool_id="pool",
            machine_client_id="",
            token_url="",
            key_ids={},
        )
        http = Http(1000)
        credentials = Credentials(environment, lambda _service: None, http, key="", users=False)
        runner = CaseRunner(environment, credentials, http, patience=patience, sleep=sleeps.append)
        assert runner.run(_case("GET /: valid credentials")).outcome == outcome
        assert len(sleeps) == slept
        refusal = runner.run(_case("GET /parts: no credentials"))
        assert refusal.outcome == (PASSED if left >= 0 else FAILED)
        assert len(sleeps) == slept
