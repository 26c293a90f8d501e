"""What a save asks for, from the names alone."""

import pytest

from local.inner_loop.plan import plan


@pytest.mark.parametrize(
    ("name", "afresh"),
    [
        ("lambda_src/foods/v1/handler.py", False),
        ("lambda_src/foods/v1/new/module.py", False),
        ("lambda_src/foods/requirements.in", False),
        ("platform.yaml", False),
        ("lambda_src/foods/requirements.txt", True),
        ("constructs/gatewright/api/stage.py", True),
        ("stacks/api.py", True),
        ("app.py", True),
        ("cdk.json", True),
    ],
)
def test_what_is_imported_once_asks_for_a_new_process(name: str, afresh: bool) -> None:
    assert plan([name]).afresh is afresh
    assert plan(["lambda_src/foods/v1/stock.py", name]).afresh is afresh


@pytest.mark.parametrize(
    ("names", "saved"),
    [
        (["a.py"], "a.py saved"),
        (["a.py", "b.py"], "a.py and b.py saved"),
        (["a.py", "b.py", "c.py"], "a.py, b.py and 1 more saved"),
        (["a.py", "b.py", "c.py", "d.py"], "a.py, b.py and 2 more saved"),
    ],
)
def test_a_save_is_named(names: list[str], saved: str) -> None:
    assert plan(names).saved == saved
