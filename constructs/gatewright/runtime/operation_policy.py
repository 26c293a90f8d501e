"""The policy of an authorizer's answer: right for every operation of the API, and so cacheable.

API Gateway keeps an answer by its identity sources and not by the method, and evaluates its policy
for each request. AWS: "Output from an API Gateway Lambda authorizer", "Control access to an API
with IAM permissions". One file without imports from beside it, read at synthesis as well.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

# At least one character: "/foods/*" would also match "/foods/", which is another operation. Both
# match slashes, so that a pattern may match the paths of deeper operations; those are `covers`.
PARAMETER = "?*"


@dataclass(frozen=True, kw_only=True)
class AuthorizedOperation:
    """One operation that asks for the authorizer, and the scopes that a caller must have for it.

    ``pattern`` matches its paths, and those of the operations at the places ``covers`` as well.
    """

    method: str
    pattern: str
    scopes: tuple[str, ...] = ()
    covers: tuple[int, ...] = ()

    @property
    def resource(self) -> str:
        """What follows the stage in its ARN: ``GET/foods/?*``."""
        return f"{self.method}{self.pattern}"


def policy(
    operations: Sequence[AuthorizedOperation], granted: Collection[str], method_arn: str
) -> dict[str, Any]:
    """The policy that allows those ``operations`` whose scopes are all ``granted``.

    ``method_arn`` is the event's. Nothing of it but the API and the stage is used: its path is the
    caller's to write, and an asterisk in it would be a wildcard here.
    """
    prefix = "/".join(method_arn.split("/")[:2]) + "/"
    allowed = {
        index: operation
        for index, operation in enumerate(operations)
        if set(operation.scopes) <= set(granted)
    }
    # First: of an empty table, all is nothing.
    if not allowed:
        return _document(("Deny", [f"{prefix}*"]))
    if len(allowed) == len(operations):
        return _document(("Allow", [f"{prefix}*"]))
    covered = {index for operation in allowed.values() for index in operation.covers}
    denied = [operations[index] for index in sorted(covered - allowed.keys())]
    return _document(
        ("Allow", [prefix + operation.resource for operation in allowed.values()]),
        ("Deny", [prefix + operation.resource for operation in denied]),
    )


def operations_of(table: Sequence[Mapping[str, Any]]) -> tuple[AuthorizedOperation, ...]:
    """The operations as they are in JSON."""
    return tuple(
        AuthorizedOperation(
            method=row["method"],
            pattern=row["pattern"],
            scopes=tuple(row["scopes"]),
            covers=tuple(row["covers"]),
        )
        for row in table
    )


def _document(*statements: tuple[str, list[str]]) -> dict[str, Any]:
    return {
        "Version": "2012-10-17",
        "Statement": [
            {"Effect": effect, "Action": "execute-api:Invoke", "Resource": resources}
            for effect, resources in statements
            if resources
        ],
    }
