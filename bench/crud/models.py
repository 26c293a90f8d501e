"""The pydantic models of the collections: the text that every Python contender can begin with."""

from bench.crud.operations import CrudRoute, collections

_MODELS = '''

class Item{n}(BaseModel):
    """An item of collection {n}, as it is sent."""

    model_config = ConfigDict(extra="forbid", strict=True)

    name: Annotated[str, Field(min_length=1, max_length=64, examples=["chair"])]
    quantity: Annotated[int, Field(ge=0, examples=[3])]
    tags: list[str] = []


class Stored{n}(BaseModel):
    """An item of collection {n}, as it is kept."""

    id: str
    name: str
    quantity: int
'''


def models(routes: list[CrudRoute]) -> str:
    """Two models for each collection."""
    return "".join(_MODELS.format(n=n) for n in collections(routes))
