"""What the generator reads."""

from gatewright.sdk.specification import specification
from tests.unit.sdk.documents import document, operation, parameter


def test_integers_are_wide_and_values_are_left_alone() -> None:
    many = parameter("limit", type="integer", example={"type": "integer"})
    few = parameter("page", type="integer", format="int32")
    given = document({"/a": {"get": operation("get", parameters=[many, few])}})
    found = specification(given)["paths"]["/a"]["get"]["parameters"]
    assert found[0]["schema"]["format"] == "int64"
    assert found[0]["schema"]["example"] == {"type": "integer"}
    assert found[1]["schema"]["format"] == "int32"
    assert "format" not in given.content["paths"]["/a"]["get"]["parameters"][0]["schema"]


def test_it_has_the_version_of_the_clients() -> None:
    assert specification(document())["info"] == {"title": "Foods", "version": "2.0.0"}


def test_operations_without_a_tag_have_the_services() -> None:
    tagged = operation("get", tags=["levels"])
    given = document({"/a": {"get": tagged, "delete": operation("delete", tags=[])}})
    found = specification(given)["paths"]["/a"]
    assert (found["get"]["tags"], found["delete"]["tags"]) == (["levels"], ["foods"])
