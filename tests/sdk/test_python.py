"""The Python client: its README's call, its types, both credentials, headers and errors."""

import sys
from pathlib import Path

import pytest

from tests.sdk.answering import ETAG, Answering
from tests.sdk.programs import readme_call, run
from tests.sdk.test_packages import APIS

CALLER = """
from gatewright_foods_v2 import ApiClient, Configuration, FoodsApi, GatewayError, NewFood
from gatewright_foods_v2 import Replacement
from gatewright_foods_v2.exceptions import ForbiddenException, UnauthorizedException


def call(url: str) -> None:
    configuration = Configuration(host=url)
    configuration.api_key["api_key"] = "bad"
    configuration.access_token = "bad"
    with ApiClient(configuration) as client:
        api = FoodsApi(client)
        try:
            api.list_foods(limit=5)
        except ForbiddenException as error:
            assert isinstance(error.data, GatewayError)
            assert (error.status, error.data.request_id) == (403, "request-1")
        try:
            api.create_food("key-1", NewFood(name="hotdog", quantity=3))
        except UnauthorizedException as error:
            assert error.data is not None
            assert error.data.message == "Unauthorized"
        configuration.api_key["api_key"] = "good"
        configuration.access_token = "good"
        names: list[str] = [food.name for food in api.list_foods().foods]
        assert names == ["hotdog"]
        created = api.create_food_with_http_info("key-1", NewFood(name="hotdog", quantity=3))
        assert created.status_code == 201
        assert created.headers is not None
        etag: str = created.headers["ETag"]
        api.replace_food("hotdog", etag, Replacement(quantity=4))
"""


@pytest.mark.parametrize("api", APIS)
@pytest.mark.parametrize(("key", "answer"), [("good", "hotdog"), ("bad", "403 Forbidden")])
def test_the_call_of_the_readme(
    sdk: Path, server: Answering, api: str, key: str, answer: str
) -> None:
    [wheel] = (sdk / api / "packages").glob("*.whl")
    program = readme_call(sdk / api / "python", "python")
    command = [sys.executable, "-c", program]
    said = run(command, PYTHONPATH=str(wheel), API_URL=server.url, API_KEY=key)
    assert answer in said
    assert server.asked[-1].headers["user-agent"].startswith(f"gatewright-{api}/")


def test_types_errors_and_headers(sdk: Path, server: Answering, tmp_path: Path) -> None:
    caller = tmp_path / "caller.py"
    caller.write_text(CALLER)
    sources = str(sdk / "foods-v2" / "python")
    assert "Success" in checked(tmp_path, sources)
    program = f"import caller; caller.call({server.url!r})"
    run([sys.executable, "-c", program], tmp_path, PYTHONPATH=f"{sources}:{tmp_path}")
    created, replaced = server.asked[-2:]
    assert created.headers["idempotency-key"] == "key-1"
    assert "x-api-key" not in created.headers
    assert replaced.headers["if-match"] == ETAG
    assert replaced.body == {"quantity": 4}


def test_a_wrong_type_is_found(sdk: Path, tmp_path: Path) -> None:
    (tmp_path / "caller.py").write_text(
        "from gatewright_foods_v2 import FoodsApi\nn: int = FoodsApi().list_foods().foods[0].name\n"
    )
    with pytest.raises(AssertionError, match="Incompatible types in assignment"):
        checked(tmp_path, str(sdk / "foods-v2" / "python"))


def checked(folder: Path, sources: str) -> str:
    """What mypy says of the caller, as strict as it can be; the client is not the caller's."""
    options = ("--strict", "--follow-imports", "silent", "--cache-dir", str(folder / "cache"))
    return run([sys.executable, "-m", "mypy", *options, "caller.py"], folder, MYPYPATH=sources)
