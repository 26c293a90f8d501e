"""Documents that clients can be made from, and those that they cannot."""

from pathlib import Path
from typing import Any

import pytest

from gatewright.sdk.document import read_document, read_documents
from gatewright.sdk.errors import SdkError
from tests.unit.sdk.documents import content, document, operation, signed_document, write


def test_the_documents_of_a_folder(tmp_path: Path) -> None:
    write(tmp_path, "foods-v2.json", content(version="2.1.0"))
    write(tmp_path, "foods-v1.json", content(version="v1"))
    found = read_documents(tmp_path)
    assert [(one.api, one.service, one.version) for one in found] == [
        ("foods-v1", "foods", "1.0.0"),
        ("foods-v2", "foods", "2.1.0"),
    ]
    assert found[0].title == "Foods"


def test_a_folder_without_any(tmp_path: Path) -> None:
    with pytest.raises(SdkError, match=r"there is no document.*\n  remedy: .*make documents"):
        read_documents(tmp_path)


def _broken(where: str, value: Any) -> Any:
    found = content()
    if where == "responses":
        found["paths"]["/foods"]["get"]["responses"] = value
    else:
        found[where] = value
    return found


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ("{", "it cannot be read: "),
        ("[]", "it is no document of OpenAPI 3"),
        ({"swagger": "2.0"}, "it is no document of OpenAPI 3"),
        (_broken("openapi", "3.9.0"), "OpenAPI 3.9.0 is not known"),
        (_broken("paths", {}), "it has no paths"),
        (_broken("responses", []), "it breaks OpenAPI at /paths/~1foods/get/responses: "),
        (_broken("components", {}), "the reference /components/schemas/GatewayError leads nowhere"),
        (_broken("info", {"title": "Foods", "version": "latest"}), "info.version is 'latest'"),
    ],
)
def test_one_that_no_client_can_be_made_from(tmp_path: Path, value: Any, reason: str) -> None:
    file = write(tmp_path, "foods-v1.json", value)
    with pytest.raises(SdkError) as raised:
        read_document(file)
    assert str(raised.value).startswith(f"{file}: {reason}")
    assert "\n  remedy: " in str(raised.value)


def test_a_file_that_cannot_name_an_api(tmp_path: Path) -> None:
    with pytest.raises(SdkError, match=r"'Foods V1' cannot name an API"):
        read_document(write(tmp_path, "Foods V1.json", content()))


def test_what_most_errors_are() -> None:
    assert document().error_model == "GatewayError"
    bare = operation("list_foods", responses={"200": {"description": "OK"}})
    assert document({"/foods": {"get": bare}}).error_model == ""


def test_an_error_may_be_a_default_a_component_or_a_problem() -> None:
    held = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    told = {"description": "An error", "content": held}
    for responses in ({"default": told}, {"4XX": {"$ref": "#/components/responses/Told"}}):
        found = document({"/foods": {"get": operation("list_foods", responses=responses)}})
        found.content["components"]["responses"] = {"Told": told}
        assert (found.error_model, found.error_has_message) == ("Problem", False)
    assert document().error_has_message


@pytest.mark.parametrize(
    ("title", "shown"),
    [("Kid's  foods", "Kid's foods"), ("a\nb\t\u0007c", "a b c"), ("", "foods-v2"), ("é", "é")],
)
def test_a_title_is_one_line(title: str, shown: str) -> None:
    found = document()
    found.content["info"]["title"] = title
    assert found.title == shown


def test_callers_that_sign() -> None:
    assert signed_document().signed
    assert not document().signed
