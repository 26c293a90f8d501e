"""Names that no client can have."""

import pytest

from gatewright.sdk.client_names import ClientNames, Model, Operation
from gatewright.sdk.errors import SdkError
from gatewright.sdk.unnameable import check_operations, faults, refuse
from tests.unit.sdk.documents import document, operation


def models(language: str, model: Model) -> ClientNames:
    return ClientNames(language, {}, {"Thing": model})


@pytest.mark.parametrize(
    ("model", "text"),
    [
        (Model("Thing", [("a-b", "aB"), ("a_b", "aB")]), "property 'a-b' and 'a_b' are one name"),
        (Model("Thing", [("é", "")]), "property 'é' has no name"),
        (Model("Thing", values=[("a", "A"), ("A", "A")]), "value 'A' and 'a' are one name"),
    ],
)
def test_of_a_schema(model: Model, text: str) -> None:
    assert list(faults(models("swift", model))) == [(f"schema Thing: {text}", "swift")]


def test_a_type_of_python() -> None:
    both = {"int": Model("Int"), "Int32": Model("Int32")}
    assert list(faults(ClientNames("python", {}, both))) == [
        ("schema int is a type of the language", "python")
    ]
    assert list(faults(ClientNames("java", {}, both))) == []


def test_constants_are_of_java_alone() -> None:
    model = Model("Thing", [("url", "url"), ("URL", "URL")], [("url", "URL"), ("URL", "URL")])
    assert list(faults(models("python", model))) == []
    assert list(faults(models("java", model))) == [
        ("schema Thing: property 'URL' and 'url' are one name", "java")
    ]


def test_of_two_schemas_an_operation_and_a_parameter() -> None:
    operations = {("GET", "/a"): Operation("FoodsApi", "2fa", {"b": "日本"})}
    both = {"not-found": Model("NotFound"), "NotFound": Model("NotFound")}
    assert [text for text, _ in faults(ClientNames("objc", operations, both))] == [
        "GET /a: its operationId has no name",
        "GET /a: parameter 'b' has no name",
        "schema 'NotFound' and 'not-found' are one name",
    ]


@pytest.mark.parametrize("name", ["_class", "`default`", "propertyClass", "$ref"])
def test_a_name(name: str) -> None:
    assert list(faults(models("swift", Model("Thing", [("a", name)])))) == []


def test_all_languages_are_told_at_once() -> None:
    fault = "schema Thing: property 'id' and '_id' are one name"
    with pytest.raises(SdkError) as raised:
        refuse("foods-v2", [(fault, "swift"), (fault, "java"), (fault, "java")])
    assert str(raised.value) == (
        f"foods-v2: names that clients cannot have:\n    {fault} (java, swift)\n"
        "  remedy: rename one of them in the document, so that the clients can have all of it"
    )
    refuse("foods-v2", [])


def test_operation_ids_that_are_one_name() -> None:
    paths = {"/a": {"get": operation("get_it")}, "/b": {"get": operation("getIt")}}
    with pytest.raises(SdkError, match=r"foods-v2: the operationId 'getIt' of GET /b and 'get_it'"):
        check_operations([document(paths)])
    paths["/b"]["get"]["tags"] = ["others"]
    check_operations([document(paths)])


def test_an_operation_id_without_a_letter() -> None:
    with pytest.raises(SdkError, match=r"'日本語' of GET /a has no ASCII letter.*\n  remedy: give"):
        check_operations([document({"/a": {"get": operation("日本語")}})])
