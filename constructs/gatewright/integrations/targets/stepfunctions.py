"""A state machine of Step Functions, of which a request starts an execution."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gatewright.integrations.answers import NOTHING, answer_flaws, answer_schema, answer_template
from gatewright.integrations.deployed import Deployed, Permission
from gatewright.integrations.flaw import Flaw
from gatewright.integrations.sources import escaped, parse_source
from gatewright.integrations.targets.call import Call

if TYPE_CHECKING:
    from gatewright.contract.contract import Contract, Operation

_JSON = "application/json"
_TYPE = "'application/x-amz-json-1.0'"
RESULTS = {"executionArn": "$input.path('$.executionArn')"}
_SYNC_RESULTS = {**RESULTS, "status": "$input.path('$.status')"}
# A synchronous execution that failed is a 200 of Step Functions.
_SYNC_FAILED = (
    "#if($input.path('$.status') != 'SUCCEEDED')#set($context.responseOverride.status = 502)"
    '{"message":"Bad Gateway","request_id":"$context.requestId"}#else'
)


@dataclass(frozen=True)
class StepFunctionsTarget:
    """Starts an execution with ``input``, by default the body.

    ``state_machine`` is an ARN or a name that the environment declares. ``name`` is a source of
    the execution's name, which makes starting idempotent. ``waits`` is for an express workflow:
    its output is the answer. AWS: Step Functions API Reference, StartExecution and
    StartSyncExecution.
    """

    state_machine: str
    input: str = "body"
    name: str | None = None
    waits: bool = False

    @property
    def resources(self) -> tuple[str, ...]:
        """What the environment must know."""
        return (self.state_machine,)

    @property
    def sources(self) -> list[str]:
        """Every source that it uses."""
        return [source for source in (self.input, self.name) if source is not None]

    def call(
        self, operation: "Operation", contract: "Contract", deployed: Deployed, *, templated: bool
    ) -> Call:
        """The JSON protocol of Step Functions."""
        del operation, contract, templated
        action = "StartSyncExecution" if self.waits else "StartExecution"
        fields = [
            f'"stateMachineArn":"{deployed.arn(self.state_machine)}"',
            # A text that is JSON: the value as JSON, escaped once more.
            f'"input":"{escaped(_json_of(self.input))}"',
        ]
        if self.name is not None:
            fields.append(f'"name":"{parse_source(self.name).in_json_text}"')
        return Call(
            "aws",
            deployed.service_uri("states", f"action/{action}"),
            parameters={
                "integration.request.header.Content-Type": _TYPE,
                "integration.request.header.X-Amz-Target": f"'AWSStepFunctions.{action}'",
            },
            templates={_JSON: "{" + ",".join(fields) + "}"},
        )

    def success(self, operation: "Operation", contract: "Contract") -> str | None:
        """The output of an execution that was waited for; nothing of one that has begun."""
        del operation, contract
        return f"{_SYNC_FAILED}$input.path('$.output')#end" if self.waits else NOTHING

    def answer(self, answer: Mapping[str, str]) -> str:
        """The body of success, of sources."""
        made = answer_template(answer, _SYNC_RESULTS if self.waits else RESULTS)
        return f"{_SYNC_FAILED}{made}#end" if self.waits else made

    def flaws(
        self, operation: "Operation", contract: "Contract", answer: Mapping[str, str]
    ) -> Iterator[Flaw]:
        """An answer that does not fit."""
        schema = answer_schema(operation, contract)
        if self.waits and not answer:
            if schema is None:
                yield Flaw(
                    "it answers the output of the execution, and the contract promises no body",
                    "describe the output in the contract, or remove 'wait'",
                )
            return
        results = _SYNC_RESULTS if self.waits else RESULTS
        for reason, remedy in answer_flaws(answer, results, schema):
            yield Flaw(reason, remedy)

    def permissions(self, deployed: Deployed) -> Iterator[Permission]:
        """To start this state machine."""
        action = "states:StartSyncExecution" if self.waits else "states:StartExecution"
        yield Permission(action, deployed.arn(self.state_machine))


def _json_of(text: str) -> str:
    source = parse_source(text)
    return f"$input.json('{source.json_path}')" if source.kind == "body" else source.value
