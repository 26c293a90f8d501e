"""The routes of the API that everybody synthesises."""

from dataclasses import dataclass

# A collection has its five routes: list, create, get, replace, delete.
_KINDS = (
    ("GET", "list", False, False),
    ("POST", "create", False, True),
    ("GET", "get", True, False),
    ("PUT", "replace", True, True),
    ("DELETE", "delete", True, False),
)


@dataclass(frozen=True, kw_only=True)
class CrudRoute:
    """One route of one collection: ``GET /items3/{item_id}``."""

    method: str
    kind: str
    collection: int
    on_item: bool
    has_body: bool

    @property
    def path(self) -> str:
        """Its path, with OpenAPI's braces."""
        return f"/items{self.collection}" + ("/{item_id}" if self.on_item else "")

    @property
    def function(self) -> str:
        """The name of the function that answers it."""
        return f"{self.kind}_items{self.collection}"


def crud_routes(count: int) -> list[CrudRoute]:
    """The first ``count`` routes: every fifth begins another collection."""
    return [
        CrudRoute(
            method=method, kind=kind, collection=index // 5, on_item=on_item, has_body=has_body
        )
        for index in range(count)
        for method, kind, on_item, has_body in [_KINDS[index % 5]]
    ]


def collections(routes: list[CrudRoute]) -> list[int]:
    """The numbers of the collections."""
    return sorted({route.collection for route in routes})
