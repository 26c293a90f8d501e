"""What the generator has called everything."""

from pathlib import Path

from gatewright.sdk.client_names import ClientNames, read_client_names
from gatewright.sdk.names import names_of
from gatewright.sdk.packages.sources import Sources
from gatewright.sdk.pages import readme
from tests.unit.sdk.documents import content, document, operation, parameter, write

TOLD = """
operation\tGET\t/foods/{class}\tFoodsApi\tcall_import
parameter\tclass\tvar_class

model\tGatewayError\tGatewayError
property\tmessage\tmessage\tMESSAGE
value\t"a"\tA
"""


def test_names_are_those_that_the_generator_has_written(tmp_path: Path) -> None:
    names = read_client_names("python", write(tmp_path, "names.tsv", TOLD))
    assert names.method("GET", "/foods/{class}", "import") == "call_import"
    assert names.parameter("GET", "/foods/{class}", "class") == "var_class"
    assert names.parameter("GET", "/foods/{class}", "If-Match") == "if_match"
    assert names.model("GatewayError") == "GatewayError"
    assert names.models["GatewayError"].values == [("a", "A")]


def test_without_them_names_are_spelled_as_usual(tmp_path: Path) -> None:
    names = read_client_names("swift", tmp_path / "nothing")
    assert names == ClientNames("swift")
    assert names.method("GET", "/foods", "list_foods") == "listFoods"
    assert names.method("GET", "/foods", "") == ""


def test_a_readme_calls_what_the_client_has(tmp_path: Path) -> None:
    names = read_client_names("python", write(tmp_path, "names.tsv", TOLD))
    get = operation("import", parameters=[parameter("class", "path")])
    found = document({"/foods/{class}": {"get": get}})
    given = names_of(found, "gatewright", "")
    page = readme(Sources(document=found, names=given, client=names, folder=tmp_path))
    assert "api.call_import(var_class='class')" in page
    assert "- `call_import`: GET /foods/{class}" in page


def test_an_operation_without_an_id_is_shown_by_the_name_that_it_got(tmp_path: Path) -> None:
    names = read_client_names(
        "ruby", write(tmp_path, "names.tsv", "operation\tGET\t/foods\tFoodsApi\tfoods_get")
    )
    found = content()
    del found["paths"]["/foods"]["get"]["operationId"]
    bare = document(found["paths"])
    given = names_of(bare, "gatewright", "")
    page = readme(Sources(document=bare, names=given, client=names, folder=tmp_path))
    assert "api.foods_get" in page
