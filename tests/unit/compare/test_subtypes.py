"""Subtypes of a discriminator that has no alternatives: nothing refers to them from their base."""

from typing import Any

import pytest

from gatewright.compare import compare
from tests.unit.compare.documents import JsonObject, answering, sending

STRING = {"type": "string"}
PET = {"$ref": "#/components/schemas/Pet"}
CAT = "#/components/schemas/Cat"


def _pet(mapping: dict[str, str] | None = None) -> JsonObject:
    told = {"propertyName": "kind", **({"mapping": mapping} if mapping else {})}
    return {"type": "object", "properties": {"kind": STRING}, "discriminator": told}


def _sub(*required: str, base: JsonObject = PET, **properties: Any) -> JsonObject:
    own = {"type": "object", "properties": properties, "required": list(required)}
    return {"allOf": [base, own]}


CATS = {"Cat": _sub(purrs=STRING)}
# id: subtypes before and after, what it is in a request, what it is in an answer
TABLE: dict[str, tuple[JsonObject, JsonObject, str, str]] = {
    "a property goes": (
        CATS, {"Cat": _sub()}, "request-property-removed", "response-property-removed",
    ),
    "a property has to be there": (
        CATS, {"Cat": _sub("purrs", purrs=STRING)},
        "request-property-became-required", "response-property-became-required",
    ),
    "a subtype comes": (
        CATS, {**CATS, "Dog": _sub()}, "request-alternative-added", "response-alternative-added",
    ),
    "a subtype goes": (CATS, {}, "request-alternative-removed", "response-alternative-removed"),
    "a subtype of a subtype comes": (
        CATS, {**CATS, "Lion": _sub(base={"$ref": CAT})},
        "request-alternative-added", "response-alternative-added",
    ),
    "a schema no longer extends the base": (
        CATS, {"Cat": _sub(purrs=STRING)["allOf"][1]},
        "request-alternative-removed", "response-alternative-removed",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", TABLE)
@pytest.mark.parametrize(("side", "document"), [(2, sending), (3, answering)])
@pytest.mark.parametrize("schema", [PET, {"type": "array", "items": PET}, {"allOf": [PET]}])
def test_subtypes_are_compared(name: str, side: int, document: Any, schema: JsonObject) -> None:
    row = TABLE[name]
    old, new = (document(schema, schemas={"Pet": _pet(), **subtypes}) for subtypes in row[:2])
    found = compare(old, new)
    # The subtype itself, and its base, meet the change.
    assert {change.kind for change in found} == {row[side]}
    assert compare(old, old) == ()


def test_mapped_subtypes_need_not_extend_the_base() -> None:
    def document(**properties: Any) -> JsonObject:
        schemas = {"Pet": _pet({"cat": CAT}), "Cat": {"type": "object", "properties": properties}}
        return answering(PET, schemas=schemas)

    (change,) = compare(document(purrs=STRING), document())
    assert (change.kind, change.place) == ("response-property-removed", "response 200, (Cat).purrs")


def test_a_value_that_names_a_subtype() -> None:
    def kinds(old: dict[str, str], new: dict[str, str]) -> set[str]:
        documents = (
            sending(PET, schemas={"Pet": _pet(mapping), **CATS, "Dog": _sub()})
            for mapping in (old, new)
        )
        return {change.kind for change in compare(*documents)}

    assert kinds({"Cat": CAT}, {"Cat": "Cat"}) == set()
    assert kinds({"cat": CAT}, {"cat": "Dog"}) >= {"request-discriminator-changed"}
    assert kinds({"cat": CAT, "tom": CAT}, {"cat": CAT}) == {"request-discriminator-value-removed"}


def test_another_property_tells_subtypes_apart() -> None:
    other = {**_pet(), "discriminator": {"propertyName": "sort"}}
    old, new = (answering(PET, schemas={"Pet": pet, **CATS}) for pet in (_pet(), other))
    assert "response-discriminator-changed" in {change.kind for change in compare(old, new)}


def test_a_subtype_by_itself_is_no_other_subtype() -> None:
    old, new = (
        answering({"$ref": CAT}, schemas={"Pet": _pet(), **CATS, "Dog": dog})
        for dog in (_sub(barks=STRING), _sub())
    )
    assert compare(old, new) == ()
