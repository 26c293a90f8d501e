"""A service's routes become a contract, and the process stays as it was."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.unit.contract.services import PRELUDE, Read, Service, schema_of

HELLO = """
@app.get("/hello", security=[{}])
def hello() -> str: return "hello"
"""


def test_the_contract_says_whose_it_is(read: Read) -> None:
    contract = read(HELLO)
    assert (contract.name, contract.version, contract.api_name) == ("goods", "v1", "goods-v1")
    assert contract.document["openapi"] == "3.0.3"
    assert contract.document["info"] == {"title": "Goods", "version": "v1"}


def test_the_document_cannot_be_changed_through_a_copy(read: Read) -> None:
    contract = read(HELLO)
    contract.document["paths"].clear()
    assert [operation.name for operation in contract.operations()] == ["GET /hello"]


def test_an_operation_knows_its_line(read: Read) -> None:
    (operation,) = read(HELLO).operations()
    line = PRELUDE.count("\n") + 2
    assert operation.source == f"lambda_src/goods/handler.py:{line}"


def test_reading_twice_gives_the_same_and_leaves_nothing_behind(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    service.write(HELLO)
    path, modules = list(sys.path), set(sys.modules)
    first, second = service.read(), service.read()
    assert first == second
    assert sys.path == path
    assert not {name for name in set(sys.modules) - modules if name.startswith("goods")}
    assert not list(service.source.rglob("__pycache__"))
    assert sys.dont_write_bytecode is False


def test_a_saved_change_is_seen_even_in_a_module_that_is_imported(service: Service) -> None:
    service.write("from goods.names import NAME\n" + HELLO.replace("/hello", "/x"))
    names = service.source / "goods" / "names.py"
    names.write_text("NAME = 'one'")
    service.read()
    names.write_text("raise RuntimeError('changed')")
    assert "RuntimeError: changed" in str(service.refusal())


def test_modules_loaded_before_are_the_same_objects_afterwards(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    marker = type(sys)("goods")
    monkeypatch.setitem(sys.modules, "goods", marker)
    service.write(HELLO).read()
    assert sys.modules["goods"] is marker


def test_two_folders_may_have_services_of_one_name(tmp_path: Path) -> None:
    one = Service(tmp_path / "one").write(HELLO).read()
    two = Service(tmp_path / "two").write(HELLO.replace("/hello", "/bye")).read()
    assert [[o.path for o in c.operations()] for c in (one, two)] == [["/hello"], ["/bye"]]


def test_the_order_of_routes_changes_nothing(read: Read) -> None:
    routes = [HELLO, HELLO.replace("hello", "bye")]
    assert read("".join(routes)).text == read("".join(reversed(routes))).text


@pytest.mark.parametrize(
    ("code", "operation_id"),
    [
        pytest.param('@app.get("/a", security=[{}])\ndef list_all() -> str: ...', "list_all",
                     id="the function's name"),
        pytest.param('@app.get("/a", security=[{}], operation_id="mine")\ndef f() -> str: ...',
                     "mine", id="what the author wrote"),
        pytest.param('@app.get("/a/<b>", security=[{}])\ndef f(b: str) -> str: ...', "f",
                     id="a path with a parameter"),
    ],
)  # fmt: skip
def test_operation_ids(read: Read, code: str, operation_id: str) -> None:
    assert [operation.operation_id for operation in read(code).operations()] == [operation_id]


def test_a_requirement_for_all_is_each_operation_s_own(read: Read) -> None:
    code = 'app.configure_openapi(security=[{"cognito": []}])\n@app.get("/a")\ndef a() -> str: ...'
    contract = read(code)
    assert [operation.security for operation in contract.operations()] == [({"cognito": []},)]
    assert list(contract.document["components"]["securitySchemes"]) == ["cognito"]


def test_hidden_routes_are_not_promised(read: Read) -> None:
    hidden = '@app.get("/secret", include_in_schema=False)\ndef secret() -> str: ...\n'
    assert [operation.path for operation in read(HELLO + hidden).operations()] == ["/hello"]


VALIDATED = """
@app.get("/one/<name>", security=[{}])
def one(name: str) -> str: ...
@app.get("/none", security=[{}])
def none() -> str: ...
"""


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        pytest.param("", {"/one/{name}": ["200", "422"], "/none": ["200"]}, id="422 by default"),
        pytest.param("app.validation_status = 400\n",
                     {"/one/{name}": ["200"], "/none": ["200"]}, id="400"),
    ],
)  # fmt: skip
def test_the_automatic_422_is_kept_where_it_happens(
    read: Read, status: str, expected: dict[str, list[str]]
) -> None:
    contract = read(status + VALIDATED)
    found = {
        path: list(item["get"]["responses"]) for path, item in contract.document["paths"].items()
    }
    assert found == expected


def test_schemas_that_nothing_refers_to_are_dropped(read: Read) -> None:
    assert "schemas" not in read(HELLO).document["components"]
    assert set(read(VALIDATED).schemas) == {"HTTPValidationError", "ValidationError"}


def test_a_204_has_no_content(read: Read) -> None:
    contract = read('@app.delete("/a", security=[{}], status_code=204)\ndef a() -> None: ...')
    assert "content" not in contract.document["paths"]["/a"]["delete"]["responses"]["204"]


def test_models_keep_their_documentation_and_lose_noise(read: Read) -> None:
    contract = read('''
        class Item(BaseModel):
            """A thing."""
            unit_price: int = Field(ge=1, description="In cents", examples=[5])
            title: str = Field(title="A proper title")
        @app.put("/a", security=[{}])
        def put(item: Item) -> Item: ...
    ''')
    assert schema_of(contract, "Item") == {
        "type": "object",
        "description": "A thing.",
        "required": ["unit_price", "title"],
        "properties": {
            "unit_price": {
                "type": "integer", "minimum": 1, "description": "In cents", "example": 5
            },
            "title": {"type": "string", "title": "A proper title"},
        },
    }  # fmt: skip
    assert '"minimum": 1,' in json.dumps(contract.document)


@pytest.mark.filterwarnings("ignore:A route like this was already registered")
@pytest.mark.parametrize(
    ("code", "reason", "remedy"),
    [
        pytest.param("import nowhere_at_all.part", "importing it needs nowhere_at_all, which is",
                     "goods/requirements.in, and run `make lock`", id="a library is missing"),
        pytest.param("from goods import handler, stok", "cannot import name 'stok'",
                     "without variables", id="a name is missing"),
        pytest.param("import goods.handlr", "there is no module goods.handlr below",
                     "did you mean 'goods.handler'?", id="a module of its own is missing"),
        pytest.param("import os\nos.environ['GOODS_TABLE']", "KeyError: 'GOODS_TABLE'",
                     "without variables", id="a variable is missing"),
        pytest.param("import sys\nsys.exit(3)", "SystemExit: 3", "without variables", id="exit"),
        pytest.param("def broken(:", "no valid Python: invalid", "mend that line", id="syntax"),
        pytest.param("app = 5", "it is a int, not an APIGatewayRestResolver", "RestApp",
                     id="not a resolver"),
        pytest.param("app = APIGatewayRestResolver()", "enable_validation off",
                     "enable_validation=True", id="validation off"),
        pytest.param("del app\napi = 1", "has no app", "did you mean 'api'?", id="no attribute"),
        pytest.param("app = APIGatewayRestResolver(enable_validation=True)", "no operations",
                     "declare a route", id="no routes"),
        pytest.param('@app.get("/a", security=[{}], enable_validation=False)\ndef a() -> str: ...',
                     "it has enable_validation off", "leave enable_validation out",
                     id="validation off for one route"),
        pytest.param('class C: ...\n@app.put("/a", security=[{}])\ndef a(c: C) -> str: ...',
                     "cannot be described", "types that pydantic can describe",
                     id="a parameter that has no schema"),
        pytest.param('@app.get("/a", security=[{}])\ndef a(): ...\n' * 2,
                     "it is declared by a (lambda_src/goods/handler.py:8) and a (", "remove one",
                     id="one route twice"),
        pytest.param('@app.route("/a", ["GET", "PUT"], security=[{}])\ndef a() -> str: ...',
                     "the operation id a is used by GET /a (lambda_src/goods/handler.py:8) and PUT",
                     "operation_id=", id="one operation id twice"),
        pytest.param('@app.get("/a", security=[{}])\ndef a() -> list[tuple[int, str]]: ...',
                     "OpenAPI 3.0.3 has no prefixItems", "named fields", id="a tuple"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_told(service: Service, code: str, reason: str, remedy: str) -> None:
    message = str(service.write("\n" + code).refusal())
    assert reason in message
    assert remedy in message


@pytest.mark.parametrize(
    ("routes", "expected"),
    [
        pytest.param("goods.handlr:app", "did you mean 'goods.handler'?", id="misspelt module"),
        pytest.param("nothing:app", "there is no module nothing", id="no such package"),
        pytest.param("goods.handler.app", "package.module:attribute", id="no colon"),
    ],
)
def test_a_wrong_routes_string_is_told(service: Service, routes: str, expected: str) -> None:
    message = str(service.write(HELLO).refusal(routes))
    assert f"routes {routes}" in message
    assert expected in message


def test_an_import_that_raises_names_its_line(service: Service) -> None:
    service.write("\n\nraise ValueError('no')", prelude="")
    (problem,) = service.refusal().problems
    assert problem.source == f"{service.source}/goods/handler.py:3"


def test_a_missing_folder_is_told(tmp_path: Path) -> None:
    assert "does not exist" in str(Service(tmp_path / "nowhere").refusal())


def test_the_contract_needs_neither_cdk_nor_powertools() -> None:
    code = (
        "import sys, gatewright.contract;"
        "print({'aws_cdk', 'jsii', 'aws_lambda_powertools', 'pydantic'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
