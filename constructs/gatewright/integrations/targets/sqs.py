"""A queue of SQS, to which a request becomes a message."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gatewright.integrations.answers import NOTHING, answer_flaws, answer_schema, answer_template
from gatewright.integrations.deployed import Deployed, Permission
from gatewright.integrations.flaw import Flaw
from gatewright.integrations.sources import parse_source
from gatewright.integrations.targets.call import Call

if TYPE_CHECKING:
    from gatewright.contract.contract import Contract, Operation

_JSON = "application/json"
_SENT = "$.SendMessageResponse.SendMessageResult"
RESULTS = {
    "MessageId": f"$input.path('{_SENT}.MessageId')",
    "SequenceNumber": f"$input.path('{_SENT}.SequenceNumber')",
}
_FORM = "'application/x-www-form-urlencoded'"
_FIFO = ".fifo"


@dataclass(frozen=True)
class SqsTarget:
    """Sends ``message``, by default the body as it came.

    ``queue`` is an ARN or a name that the environment declares. ``group`` and ``deduplication``
    are sources, for a queue of the kind FIFO. AWS: SQS API Reference, SendMessage.
    """

    queue: str
    message: str = "body"
    group: str | None = None
    deduplication: str | None = None

    @property
    def resources(self) -> tuple[str, ...]:
        """What the environment must know."""
        return (self.queue,)

    @property
    def sources(self) -> list[str]:
        """Every source that it uses."""
        return [s for s in (self.message, self.group, self.deduplication) if s is not None]

    def call(
        self, operation: "Operation", contract: "Contract", deployed: Deployed, *, templated: bool
    ) -> Call:
        """The query protocol of SQS by the queue's path: a form."""
        del operation, contract, templated
        account, name = deployed.arn(self.queue).split(":")[-2:]
        fields = {
            "MessageBody": self.message,
            "MessageGroupId": self.group,
            "MessageDeduplicationId": self.deduplication,
        }
        form = [f"{k}=$util.urlEncode({parse_source(v).value})" for k, v in fields.items() if v]
        return Call(
            "aws",
            deployed.service_uri("sqs", f"path/{account}/{name}"),
            parameters={"integration.request.header.Content-Type": _FORM},
            templates={_JSON: "&".join(["Action=SendMessage", *form])},
        )

    def success(self, operation: "Operation", contract: "Contract") -> str | None:
        """Empty: what SQS returns is the gateway's business, unless an answer is written."""
        del operation, contract
        return NOTHING

    def answer(self, answer: Mapping[str, str]) -> str:
        """The body of success, of sources."""
        return answer_template(answer, RESULTS)

    def flaws(
        self, operation: "Operation", contract: "Contract", answer: Mapping[str, str]
    ) -> Iterator[Flaw]:
        """An answer that does not fit; a body that is not there."""
        for reason, remedy in answer_flaws(answer, RESULTS, answer_schema(operation, contract)):
            yield Flaw(reason, remedy)
        if self.queue.endswith(_FIFO) and self.group is None:
            yield Flaw("the queue is a FIFO queue, which wants a group", "write 'group'")

    def permissions(self, deployed: Deployed) -> Iterator[Permission]:
        """To send to this queue."""
        yield Permission("sqs:SendMessage", deployed.arn(self.queue))
