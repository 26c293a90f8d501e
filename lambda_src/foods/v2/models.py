"""What callers send and get. These types are the contract."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field
from pydantic.json_schema import SkipJsonSchema

# A name is a segment of a path, so it needs no encoding there.
NAME_PATTERN = "^[A-Za-z0-9][A-Za-z0-9._-]*$"
NAME_LENGTH = 64
# The largest integer that every JSON reader keeps exactly (RFC 8259, section 6).
MOST = 2**53 - 1

Name = Annotated[
    str,
    Field(
        pattern=NAME_PATTERN,
        max_length=NAME_LENGTH,
        description="The food's name: letters, digits and . _ -",
        examples=["hamburger"],
    ),
]
Quantity = Annotated[int, Field(ge=0, le=MOST, description="Items in stock", examples=[3])]


class NewFood(BaseModel):
    """A food and how much of it there is."""

    model_config = ConfigDict(extra="forbid", strict=True)

    name: Name
    quantity: Quantity


class Food(BaseModel):
    """A food and how much of it there is."""

    # Open, and so apart from what callers send: an answer may have more some day.
    name: Name
    quantity: Quantity


class Replacement(BaseModel):
    """How much of a food there is from now on."""

    model_config = ConfigDict(extra="forbid", strict=True)

    quantity: Quantity
    # A client may send back what it read; the path has the name.
    name: Name | SkipJsonSchema[None] = None


class FoodList(BaseModel):
    """A page of foods in the order of their names."""

    foods: list[Food]
    next_cursor: Annotated[
        str | None, Field(description="Ask with it for the next page; null on the last one")
    ]
