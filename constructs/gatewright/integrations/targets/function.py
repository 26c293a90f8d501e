"""A Lambda function, as a proxy or with templates of its own."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from gatewright.integrations.answers import NOTHING
from gatewright.integrations.deployed import Deployed, Permission
from gatewright.integrations.flaw import Flaw
from gatewright.integrations.targets.call import Call

if TYPE_CHECKING:
    from gatewright.contract.contract import Contract, Operation

VERSIONS_FUNCTION = ""
"""The handler in ``Deployed.functions`` that is the version's own function."""


@dataclass(frozen=True)
class LambdaTarget:
    """``handler`` is ``module.function``, or empty for the version's own function.

    ``waits`` is False for an asynchronous invocation, which answers before the function has run
    (AWS: "Set up asynchronous invocation of the backend Lambda function").
    """

    handler: str = VERSIONS_FUNCTION
    waits: bool = True

    def call(
        self, operation: "Operation", contract: "Contract", deployed: Deployed, *, templated: bool
    ) -> Call:
        """An ``aws_proxy`` call, or with ``templated`` an ``aws`` one."""
        uri: Any = deployed.functions[self.handler]
        del operation, contract
        if not templated and self.waits:
            return Call("aws_proxy", uri)
        header = "integration.request.header.X-Amz-Invocation-Type"
        return Call("aws", uri, parameters={} if self.waits else {header: "'Event'"})

    def success(self, operation: "Operation", contract: "Contract") -> str | None:
        """Nothing: the body of success is what the function returns."""
        del operation, contract
        return None if self.waits else NOTHING

    def flaws(
        self, operation: "Operation", contract: "Contract", answer: Mapping[str, str]
    ) -> Iterator[Flaw]:
        """Nothing is wrong with a function."""
        del operation, contract, answer
        yield from ()

    def permissions(self, deployed: Deployed) -> Iterator[Permission]:
        """None: a function has a resource policy of its own for its API."""
        del deployed
        yield from ()
