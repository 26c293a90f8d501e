"""What a contract file brings itself, as API Gateway exports it."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gatewright.contract.document import JsonObject
from gatewright.integrations.deployed import Deployed, Permission
from gatewright.integrations.flaw import Flaw
from gatewright.integrations.targets.call import Call

if TYPE_CHECKING:
    from gatewright.contract.contract import Contract, Operation

TYPES = ("http", "http_proxy", "mock")


@dataclass(frozen=True)
class DocumentTarget:
    """``text`` is the object as JSON. Its type is one of ``TYPES``: none that needs credentials."""

    text: str

    @property
    def definition(self) -> JsonObject:
        """The object."""
        found: JsonObject = json.loads(self.text)
        return found

    def call(
        self, operation: "Operation", contract: "Contract", deployed: Deployed, *, templated: bool
    ) -> Call:
        """The object as it is, but for what the platform decides: it has all of its fields."""
        del contract, deployed, templated
        given = self.definition
        kept = {k: v for k, v in given.items() if k not in _OURS}
        return Call(
            str(given["type"]).lower(),  # type: ignore[arg-type]
            given.get("uri"),
            given.get("httpMethod") or operation.method,
            given.get("requestParameters") or {},
            given.get("requestTemplates") or {},
            more=kept,
        )

    def success(self, operation: "Operation", contract: "Contract") -> str | None:
        """Nothing: it says so itself."""
        del operation, contract
        return None

    def flaws(
        self, operation: "Operation", contract: "Contract", answer: Mapping[str, str]
    ) -> Iterator[Flaw]:
        """Statuses that the operation does not declare, which the import refuses."""
        del contract, answer
        declared = operation.definition["responses"]
        for pattern, response in (self.definition.get("responses") or {}).items():
            status = str(response.get("statusCode", ""))
            if not re.fullmatch(r"[1-5][0-9][0-9]", status):
                reason = f"its integration answers {pattern!r} with the status {status!r}"
                yield Flaw(reason, "write statusCode, such as '200'")
            elif status not in declared:
                reason = f"its integration answers {status}, which the contract does not declare"
                yield Flaw(reason, f"declare {status} among the operation's responses")

    def permissions(self, deployed: Deployed) -> Iterator[Permission]:
        """None."""
        del deployed
        yield from ()


_OURS = {"type", "uri", "httpMethod", "requestParameters", "requestTemplates", "timeoutInMillis",
         "cacheNamespace", "cacheKeyParameters", "credentials"}  # fmt: skip
