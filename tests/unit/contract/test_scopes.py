"""Operations ask only for scopes that tokens can have."""

import pytest

from gatewright.contract import Contract, ContractError, check_scopes
from tests.unit.contract.services import Read

KNOWN = {"goods": {"read": "Read goods", "write": "Change goods"}, "orders": ["read"]}


def asking_for(read: Read, *scopes: str) -> Contract:
    requirement = {"api_key": [], "cognito": list(scopes)}
    return read(f'@app.get("/a", security=[{requirement}])\ndef a() -> str: ...')


@pytest.mark.parametrize(
    "scopes",
    [
        pytest.param((), id="none"),
        pytest.param(("goods/read", "goods/write"), id="its own"),
        pytest.param(("orders/read",), id="another service's"),
        pytest.param(("aws.cognito.signin.user.admin",), id="of every signed-in user"),
    ],
)
def test_a_scope_that_tokens_can_have(read: Read, scopes: tuple[str, ...]) -> None:
    check_scopes(asking_for(read, *scopes), KNOWN)


@pytest.mark.parametrize(
    ("scope", "remedies"),
    [
        pytest.param("goods/wirte", ["did you mean 'goods/write'? Otherwise declare wirte under "
                                     "services.goods.scopes in platform.yaml"], id="misspelt"),
        pytest.param("bills/pay", ["declare pay under services.bills.scopes"], id="nothing near"),
        pytest.param("write", ["did you mean 'goods/write'?", "under services.goods.scopes"],
                     id="without its resource server"),
    ],
)  # fmt: skip
def test_a_scope_that_no_token_can_have(read: Read, scope: str, remedies: list[str]) -> None:
    contract = asking_for(read, "goods/read", scope)
    with pytest.raises(ContractError) as caught:
        check_scopes(contract, KNOWN)
    (problem,) = caught.value.problems
    assert (problem.operation, problem.pointer) == (
        "GET /a",
        "/paths/~1a/get/security/0/cognito/1",
    )
    assert problem.source.startswith("lambda_src/goods/handler.py:")
    assert f"no resource server has the scope {scope}" in problem.reason
    assert "known are goods/read, goods/write, orders/read" in problem.reason
    for remedy in remedies:
        assert remedy in problem.remedy


def test_without_resource_servers_there_is_none_to_name(read: Read) -> None:
    with pytest.raises(ContractError) as caught:
        check_scopes(asking_for(read, "goods/read"), {})
    (problem,) = caught.value.problems
    assert problem.reason.endswith("known are none")
    assert problem.remedy == "declare read under services.goods.scopes in platform.yaml"
