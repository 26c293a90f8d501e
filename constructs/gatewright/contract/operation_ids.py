"""Names the operations after their functions."""

from collections import defaultdict

from gatewright.contract.document import pointer
from gatewright.contract.problems import Problem
from gatewright.contract.resolver import Declared, Route


def assign_operation_ids(declared: Declared) -> list[Problem]:
    """Put ``list_foods`` where Powertools wrote ``list_foods_list_foods_get``.

    SDKs name their methods by it. A name that somebody wrote down is kept. Returns a problem for
    each route declared twice, which the document cannot show; names used twice it can.
    """
    by_name: dict[str, list[Route]] = defaultdict(list)
    for route in declared.routes:
        by_name[route.name].append(route)
        operation = declared.document["paths"][route.path][route.method.lower()]
        operation["operationId"] = route.operation_id or route.function
    return [_repeated_route(routes) for routes in by_name.values() if len(routes) > 1]


def _repeated_route(routes: list[Route]) -> Problem:
    places = " and ".join(f"{route.function} ({route.source})" for route in routes)
    return Problem(
        routes[0].name,
        f"it is declared by {places}, and only one can answer",
        "remove one, or change its path",
        pointer("paths", routes[0].path, routes[0].method.lower()),
        routes[0].source,
    )
