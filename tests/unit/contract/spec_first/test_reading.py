"""Files: YAML and JSON, places, references, and what is not read."""

import json
from pathlib import Path

import pytest

from gatewright.contract import ContractError, read_contract_file
from gatewright.contract.spec_first import limits
from tests.unit.contract.spec_first.descriptions import (
    Folder,
    body_schema,
    description,
    operation,
    taking,
)

YAML = """\
openapi: 3.0.3
info: {title: Shop, version: 1}
security: []
paths:
  /orders:
    get:
      responses:
        200: {description: ok}
"""


def test_yaml_and_json_are_read_alike(shop: Folder) -> None:
    read = shop.write(YAML).contract()
    text = json.dumps(
        {
            "openapi": "3.0.3",
            "info": {"title": "Shop", "version": 1},
            "security": [],
            "paths": {"/orders": {"get": {"responses": {"200": {"description": "ok"}}}}},
        },
        indent=1,
    )
    assert shop.write(text, "openapi.json").read("openapi.json").contract == read


@pytest.mark.parametrize(
    ("name", "line"), [("openapi.yaml", 6), ("openapi.json", 10)], ids=["YAML", "JSON"]
)
def test_an_operation_has_its_file_and_line(shop: Folder, name: str, line: int) -> None:
    tree = description({"/orders": {"get": operation()}})
    text = YAML if name.endswith("yaml") else json.dumps(tree, indent=1)
    contract = shop.write(text, name).read(name).contract
    assert contract is not None
    assert contract.sources == {"GET /orders": f"lambda_src/shop/{name}:{line}"}


def test_the_public_reader_raises_every_problem(shop: Folder) -> None:
    shop.write(YAML.replace("security: []\n", ""), "v1/openapi.yaml")
    with pytest.raises(ContractError) as caught:
        read_contract_file(
            source=shop.path.parent,
            contract="shop/v1/openapi.yaml",
            name="shop",
            version="v1",
            title="Shop",
        )
    assert "GET /orders (lambda_src/shop/v1/openapi.yaml:5): nobody chose" in str(caught.value)


@pytest.mark.parametrize(
    ("text", "reason", "line"),
    [
        pytest.param("a: [", "no valid YAML", 2, id="broken YAML"),
        pytest.param('{"a": ]', "no valid YAML", 1, id="broken flow YAML"),
        pytest.param("a: 1\nb: 2\na: 3\n", "'a' stands here a second time (first on line 1)", 3,
                     id="a name twice"),
        pytest.param("a: *b\n", "the alias *b leads to nothing", 1, id="an unknown alias"),
        pytest.param("a: &b\n  c: *b\n", "the alias *b leads to nothing", 2,
                     id="an alias that contains itself"),
        pytest.param("a: 1\n---\nb: 1\n", "a second document", 2, id="two documents"),
        pytest.param("a: \x01\n", "the control character U+0001", 1, id="a control character"),
        pytest.param("? [a]\n: 1\n", "used as a name", 1, id="a list as a name"),
        pytest.param("a:\n  <<: 1\n", "<< brings in what is no object", 2, id="merging a number"),
        pytest.param(f"a: {'9' * 5000}", "it is no API description", 1, id="a number of any size"),
        pytest.param("- 1\n", "the document is a list", 1, id="a list"),
        pytest.param("", "the document is None", 1, id="nothing"),
        pytest.param("[" * 5000, "inside values more than 100 deep", 1, id="depth"),
    ],
)  # fmt: skip
def test_a_file_that_is_not_read(shop: Folder, text: str, reason: str, line: int) -> None:
    problem = shop.write(text).problem()
    assert reason in problem.reason
    assert problem.source == f"lambda_src/shop/openapi.yaml:{line}"
    assert problem.remedy


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        pytest.param('{"a": 1,}', "no valid JSON: ", id="broken"),
        pytest.param('{"a": NaN}', "NaN is no number of JSON", id="NaN"),
        pytest.param("[" * 200_000, "too deep", id="depth"),
        pytest.param('{"a": 1, "a": 2}', "'a' stands here a second time", id="a name twice"),
    ],
)
def test_json_that_is_not_read(shop: Folder, text: str, reason: str) -> None:
    (problem,) = shop.write(text, "openapi.json").read("openapi.json").problems
    assert reason in problem.reason


@pytest.mark.parametrize("name", ["openapi.json", "openapi.yaml"])
def test_a_name_may_be_empty(shop: Folder, name: str) -> None:
    written = taking({"type": "object", "properties": {"": {"type": "string"}}})
    found = shop.write(json.dumps(written), name).read(name)
    assert found.contract is not None
    assert body_schema(found.contract)["properties"] == {"": {"type": "string"}}


def test_aliases_that_multiply_are_counted(shop: Folder) -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 9)]
    assert "more than 3,000,000 values" in shop.write("\n".join(lines)).problem().reason


def test_references_that_multiply_are_counted(
    shop: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gatewright.contract.spec_first.references.MOST_INLINED", 20)
    paths = {f"/{n}": {"get": {"responses": {"200": {"$ref": "#/x-one"}}}} for n in range(9)}
    shop.write(description(paths, **{"x-one": {"description": "one", "x-list": [1, 2, 3]}}))
    assert "references bring in more than 20 values" in {
        problem.reason for problem in shop.problems()
    }


def test_a_large_file_is_refused_unread(shop: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gatewright.contract.spec_first.files.MOST_BYTES", 10)
    assert "bytes, and 10 are read" in shop.write(YAML).problem().reason
    assert limits.MOST_BYTES > 10


def test_yaml_is_read_by_version_1_2(shop: Folder) -> None:
    shop.write(YAML.replace("description: ok", "description: ok, x-no: no, x-date: 2026-01-01"))
    answer = shop.contract().document["paths"]["/orders"]["get"]["responses"]["200"]
    assert (answer["x-no"], answer["x-date"]) == ("no", "2026-01-01")


def test_merge_keys_give_what_is_not_there(shop: Folder) -> None:
    shop.write("x-all: &all {summary: all, description: of all}\n" + YAML.replace(
        "    get:\n", "    get:\n      <<: *all\n      summary: own\n"
    ))  # fmt: skip
    made = shop.contract().document["paths"]["/orders"]["get"]
    assert (made["summary"], made["description"]) == ("own", "of all")


FILES = {
    "paths/orders.yaml": "post: {$ref: 'post.yaml#/create'}\n",
    "paths/post.yaml": """
        create:
          operationId: create
          requestBody: {$ref: ../common.json#/bodies/Order}
          responses: {200: {$ref: ../common.json#/answers/Order}}
        """,
    "common.json": json.dumps(
        {
            "bodies": {
                "Order": {
                    "required": True,
                    "content": {"application/json": {"schema": {"$ref": "order.yaml"}}},
                }
            },
            "answers": {
                "Order": {
                    "description": "ok",
                    "content": {"application/json": {"schema": {"$ref": "order.yaml"}}},
                }
            },
        }
    ),
    "order.yaml": "{type: object, properties: {next: {$ref: 'order.yaml#'}}}",
}


def test_a_description_in_several_files_is_one_document(shop: Folder) -> None:
    shop.write(description({"/orders": {"$ref": "paths/orders.yaml"}}))
    for name, text in FILES.items():
        shop.write(text, name)
    contract = shop.contract()
    assert body_schema(contract) == {"$ref": "#/components/schemas/order"}
    assert contract.schemas == {
        "order": {
            "type": "object",
            "properties": {"next": {"$ref": "#/components/schemas/order"}},
        }
    }
    assert contract.sources == {"POST /orders": "lambda_src/shop/paths/post.yaml:2"}


@pytest.mark.parametrize(
    ("reference", "reason", "remedy"),
    [
        ("https://example.com/a.yaml", "leads out of this machine", "download it"),
        ("//example.com/a.yaml", "leads out of this machine", "download it"),
        ("file:///etc/passwd", "leads out of this machine", "download it"),
        ("../other/a.yaml", "outside of the folder shop", "move it into shop"),
        ("/etc/hostname", "outside of the folder shop", "move it into shop"),
        ("link.yaml", "outside of the folder shop", "move it into shop"),
        ("none.yaml", "cannot be read: no such file", "name a file that is there"),
        ("#/components/schemas/Ordr", "leads to nothing", "did you mean 'Order'?"),
        ("#/nothing", "leads to nothing", "define nothing there"),
        ("#name", "names an anchor", "by a JSON pointer"),
        ("#/components/schemas/Self", "leads back to itself", "lead to a definition"),
        ("#/components/schemas/One", "leads back to itself", "lead to a definition"),
        ("#/components/schemas/A0", "leads on more than 100 times", "lead to a definition"),
        ("broken.yaml", "(line 1): no valid YAML", "mend that line"),
    ],
)
def test_a_reference_that_is_refused(
    shop: Folder, reference: str, reason: str, remedy: str
) -> None:
    (shop.path.parent / "other").mkdir(parents=True)
    (shop.path.parent / "other" / "a.yaml").write_text("{}")
    shop.write("a: ]", "broken.yaml")
    (shop.path / "link.yaml").symlink_to(shop.path.parent / "other" / "a.yaml")
    schemas = {
        "Order": {"type": "object"},
        "Self": {"$ref": "#/components/schemas/Self"},
        "One": {"$ref": "#/components/schemas/Two"},
        "Two": {"$ref": "#/components/schemas/One"},
        **{f"A{n}": {"$ref": f"#/components/schemas/A{n + 1}"} for n in range(200)},
    }
    body = {"required": True, "content": {"application/json": {"schema": {"$ref": reference}}}}
    paths = {"/orders": {"post": operation(requestBody=body)}}
    problem = shop.write(description(paths, components={"schemas": schemas})).problem()
    assert reason in problem.reason
    assert remedy in problem.remedy
    assert problem.operation == "POST /orders"
    assert problem.source.startswith("lambda_src/shop/openapi.yaml:")


@pytest.mark.parametrize(
    ("top", "reason"),
    [
        ("openapi: 3.2.0", "it is OpenAPI 3.2.0"),
        ("swagger: '1.2'", "it is Swagger 1.2"),
        ("asyncapi: 2.0.0", "it is no API description"),
    ],
)
def test_another_specification_is_refused(shop: Folder, top: str, reason: str) -> None:
    problem = shop.write(top).problem()
    assert reason in problem.reason
    assert problem.remedy


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    assert "cannot be read" in Folder(tmp_path).problem().reason
