"""The parameters of version 2's routes: their types, their bounds and what they mean."""

from typing import Annotated

from aws_lambda_powertools.event_handler.openapi.params import Header, Path, Query

from foods.v2.models import MOST, NAME_LENGTH, NAME_PATTERN

Name = Annotated[
    str,
    Path(
        pattern=NAME_PATTERN,
        max_length=NAME_LENGTH,
        description="The food's name",
        examples=["hamburger"],
    ),
]
Limit = Annotated[int, Query(ge=1, le=100, description="The most foods on a page")]
Cursor = Annotated[
    str | None, Query(max_length=200, description="The next_cursor of the page before")
]
Prefix = Annotated[
    str | None,
    Query(pattern=NAME_PATTERN, max_length=NAME_LENGTH, description="What names begin with"),
]
AtLeast = Annotated[int | None, Query(ge=0, le=MOST, description="The smallest quantity")]
AtMost = Annotated[int | None, Query(ge=0, le=MOST, description="The largest quantity")]
IdempotencyKey = Annotated[
    str,
    Header(
        alias="Idempotency-Key",
        pattern="^[!-~]+$",
        max_length=128,
        description="A new value for each food, a UUID for example. A retry with the same value "
        "within a day gets the first answer and creates nothing",
        examples=["8e03978e-40d5-43dd-bc93-6894a57f9324"],
    ),
]
IfMatch = Annotated[
    str,
    Header(
        alias="If-Match",
        max_length=1024,
        description="The ETag of the food as you read it; * replaces whatever is there",
        examples=["*"],
    ),
]
OptionalIfMatch = Annotated[
    str | None,
    Header(
        alias="If-Match",
        max_length=1024,
        description="The ETag of the food as you read it; without it, whatever is there goes",
    ),
]
