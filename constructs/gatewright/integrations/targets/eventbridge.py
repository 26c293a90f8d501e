"""An event bus of EventBridge, on which a request becomes an event."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gatewright.integrations.answers import (
    NOTHING,
    answer_flaws,
    answer_schema,
    answer_template,
    error_body,
)
from gatewright.integrations.deployed import Deployed, Permission
from gatewright.integrations.flaw import Flaw
from gatewright.integrations.sources import escaped, literal_text, parse_source
from gatewright.integrations.targets.call import Call

if TYPE_CHECKING:
    from gatewright.contract.contract import Contract, Operation

_JSON = "application/json"
RESULTS = {"EventId": "$input.path('$.Entries[0].EventId')"}


@dataclass(frozen=True)
class EventBridgeTarget:
    """Puts one event, whose ``detail`` is JSON, by default the body.

    ``bus`` is an ARN or a name that the environment declares. ``source`` and ``detail_type`` are
    texts. AWS: EventBridge API Reference, PutEvents.
    """

    bus: str
    source: str
    detail_type: str
    detail: str = "body"

    @property
    def resources(self) -> tuple[str, ...]:
        """What the environment must know."""
        return (self.bus,)

    @property
    def sources(self) -> list[str]:
        """Every source that it uses."""
        return [self.detail]

    def call(
        self, operation: "Operation", contract: "Contract", deployed: Deployed, *, templated: bool
    ) -> Call:
        """The JSON protocol of EventBridge."""
        del operation, contract, templated
        detail = parse_source(self.detail)
        fields = [
            f'"EventBusName":"{deployed.arn(self.bus)}"',
            f'"Source":"{literal_text(self.source)}"',
            f'"DetailType":"{literal_text(self.detail_type)}"',
            # A text that is JSON: the value as JSON, escaped once more.
            f'''"Detail":"{escaped(f"$input.json('{detail.json_path}')")}"''',
        ]
        return Call(
            "aws",
            deployed.service_uri("events", "action/PutEvents"),
            parameters={
                "integration.request.header.Content-Type": "'application/x-amz-json-1.1'",
                "integration.request.header.X-Amz-Target": "'AWSEvents.PutEvents'",
            },
            templates={_JSON: '{"Entries":[{' + ",".join(fields) + "}]}"},
        )

    def success(self, operation: "Operation", contract: "Contract") -> str | None:
        """Empty, unless the event was refused."""
        del operation, contract
        return _unless_refused(NOTHING)

    def answer(self, answer: Mapping[str, str]) -> str:
        """The body of success, of sources."""
        return _unless_refused(answer_template(answer, RESULTS))

    def flaws(
        self, operation: "Operation", contract: "Contract", answer: Mapping[str, str]
    ) -> Iterator[Flaw]:
        """An answer that does not fit, and a detail that is no JSON."""
        for reason, remedy in answer_flaws(answer, RESULTS, answer_schema(operation, contract)):
            yield Flaw(reason, remedy)
        if parse_source(self.detail).kind != "body":
            reason = f"the detail is {self.detail}, and EventBridge takes an object of JSON"
            yield Flaw(reason, "write body or body.<property>")

    def permissions(self, deployed: Deployed) -> Iterator[Permission]:
        """To put events on this bus."""
        yield Permission("events:PutEvents", deployed.arn(self.bus))


def _unless_refused(body: str) -> str:
    # EventBridge answers 200 also for events that it did not take.
    failed = "#set($context.responseOverride.status = 502)" + error_body("Bad Gateway")
    return f"#if($input.path('$.FailedEntryCount') != 0){failed}#else{body}#end"
