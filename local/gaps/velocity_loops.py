"""`#foreach` goes over the values of a map, and at most 1000 times.

https://velocity.apache.org/engine/1.7/user-guide.html#loops
https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html
(number of iterations in a #foreach ... #end loop in mapping templates)
"""

from __future__ import annotations

from typing import Any

from local.gaps.patch import Function, Patch

LIMIT = 1000


class Items:
    """What a loop goes over, in the place of the expression that says it."""

    def __init__(self, expression: Any) -> None:
        self._expression = expression

    def calculate(self, *arguments: Any) -> Any:
        found = self._expression.calculate(*arguments)
        if isinstance(found, dict):
            found = list(dict.values(found))
        if isinstance(found, list | range) and len(found) > LIMIT:
            raise ValueError(f"#foreach over {len(found)} items; API Gateway allows {LIMIT}")
        return found


def limited(original: Function) -> Function:
    """Have every loop ask what it goes over through `Items`."""

    def parse(element: Any) -> None:
        original(element)
        element.value = Items(element.value)

    return parse


PATCHES = (Patch("airspeed.operators", "ForeachDirective.parse", limited),)
